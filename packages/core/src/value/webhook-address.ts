/** Where a document is sent by POST. */
export interface WebhookAddress {
  readonly url: URL;
  /** What to send along: the user part of the address, because fetch takes no address with one. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads an address of http or https; undefined for any other text. */
export function webhookAddress(text: string): WebhookAddress | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  if (url.username === '' && url.password === '') return { url, headers: {} };
  const user = decoded(`${url.username}:${url.password}`);
  if (user === undefined) return undefined;
  url.username = '';
  url.password = '';
  return { url, headers: { authorization: `Basic ${Buffer.from(user).toString('base64')}` } };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that begins no escape.
    return undefined;
  }
}
