/** Whether two addresses are the same but for credentials in the user part, and for a slash at the end of the path. */
export function isSameAddress(one: string, other: string): boolean {
  const [a, b] = [addressOf(one), addressOf(other)];
  return a.place === b.place && a.query === b.query;
}

/** Whether two addresses differ in the query at most, where a credential may have been changed. */
export function isSamePlace(one: string, other: string): boolean {
  return addressOf(one).place === addressOf(other).place;
}

/**
 * The address that a feed at `url` has to get; undefined when it has it. One without a user part leaves the credentials
 * as they are.
 */
export function newAddress(url: string, wanted: string): string | undefined {
  const { user } = addressOf(wanted);
  const hasUser = user === '' || user === addressOf(url).user;
  if (isSameAddress(url, wanted) && hasUser) return undefined;
  return user === '' ? withUserOf(url, wanted) : wanted;
}

function withUserOf(url: string, wanted: string): string {
  if (addressOf(url).user === '') return wanted;
  const [{ username, password }, address] = [new URL(url), new URL(wanted)];
  return Object.assign(address, { username, password }).href;
}

function addressOf(url: string): { user: string; place: string; query: string } {
  if (!URL.canParse(url)) return { user: '', place: url.trim(), query: '' };
  const { username, password, origin, pathname, search } = new URL(url);
  return {
    user: `${username}:${password}`.replace(/^:$/, ''),
    place: origin + pathname.replace(/\/$/, ''),
    query: search,
  };
}
