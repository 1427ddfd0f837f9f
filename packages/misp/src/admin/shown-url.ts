const MASK = '***';

/**
 * An address for a person to read. Feeds carry credentials in the user part and in the query, so both are masked; the
 * names of query parameters stay. A path on the server stays as it is.
 */
export function shownUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  // What is no address of the web is masked as text, as far as a credential might reach.
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol))
    return url.replace(/^.*@/s, `${MASK}@`).replace(/\?.*$/s, `?${MASK}`);
  const user = parsed.username === '' && parsed.password === '' ? '' : `${MASK}@`;
  const query = [...parsed.searchParams.keys()].map((name) => `${encodeURIComponent(name)}=${MASK}`).join('&');
  return `${parsed.protocol}//${user}${parsed.host}${parsed.pathname}${query === '' ? '' : `?${query}`}`;
}

/** What {@link shownUrl} masks in an address, so that it can be masked wherever a server repeats it. */
export function secretsOfUrl(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { username, password, searchParams } = new URL(url);
  return [username, password, ...searchParams.values()].filter((text) => text !== '');
}

/** Whether two addresses name the same feed: a slash at the end makes no difference. */
export function isSameUrl(one: string, other: string): boolean {
  return comparable(one) === comparable(other);
}

function comparable(url: string): string {
  const text = URL.canParse(url) ? new URL(url).href : url.trim();
  return text.endsWith('/') ? text.slice(0, -1) : text;
}
