/** Adds a value to the list that a map holds under `key`, and returns the list. */
export function append<K, V>(lists: Map<K, V[]>, key: K, value: V): readonly V[] {
  let list = lists.get(key);
  if (list === undefined) {
    list = [];
    lists.set(key, list);
  }
  list.push(value);
  return list;
}
