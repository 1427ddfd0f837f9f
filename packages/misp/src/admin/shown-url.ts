const MASK = '***';

/**
 * An address for a person to read. Feeds carry credentials in the user part and in the query, so both are masked; the
 * names of query parameters stay, but not what stands there without a name. A path on the server stays as it is.
 */
export function shownUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  // What is no address of the web is masked as text, as far as a credential might reach.
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol))
    return url.replace(/^.*@/s, `${MASK}@`).replace(/\?.*$/s, `?${MASK}`);
  const user = parsed.username === '' && parsed.password === '' ? '' : `${MASK}@`;
  const query = queryParts(parsed).map(({ name }) => (name === undefined ? MASK : `${name}=${MASK}`));
  return `${parsed.protocol}//${user}${parsed.host}${parsed.pathname}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}

/**
 * What {@link shownUrl} masks in an address, as it stands there and decoded, so that it can be masked wherever a server
 * repeats it. Without what is so short or plain that masking it would hide other words.
 */
export function secretsOfUrl(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const parsed = new URL(url);
  const passwords = spellings(parsed.password).filter((text) => text.length >= SHORTEST_PASSWORD);
  const others = [parsed.username, ...queryParts(parsed).map(({ value }) => value)].flatMap(spellings);
  return [...passwords, ...others.filter((text) => text.length >= SHORTEST_VALUE && !/^[a-z]{1,7}$/i.test(text))];
}

const SHORTEST_PASSWORD = 4;
const SHORTEST_VALUE = 6;

/** The parts of a query, percent-encoded as they stand there; a part without `=` is a value without a name. */
function queryParts({ search }: URL): { name: string | undefined; value: string }[] {
  const parts = search.slice(1).split('&');
  return parts.filter(Boolean).map((part) => {
    const [name = '', ...value] = part.split('=');
    return value.length === 0 ? { name: undefined, value: name } : { name, value: value.join('=') };
  });
}

/** A text of an address as it stands there, and decoded. */
function spellings(text: string): string[] {
  return [...new Set([text, decoded(text), decoded(text.replaceAll('+', ' '))])];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A `%` that encodes nothing.
  }
}
