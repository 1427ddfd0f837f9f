/**
 * Works on all items, at most `atOnce` at the same time, begun in their order. An error ends one line of work; when the
 * others have ended too, it is thrown, so that nothing goes on behind the caller's back.
 */
export async function forEach<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const line = async () => {
    for (const item of queue) await work(item);
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, line));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
