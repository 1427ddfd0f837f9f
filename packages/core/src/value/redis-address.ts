/** Where a server listens, and who asks. */
export interface RedisAddress {
  readonly socket: { readonly host: string; readonly port: number } | { readonly path: string };
  /** Set when the connection is encrypted; the name that the certificate has to hold. */
  readonly tls: { readonly servername: string } | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: number;
}

const DEFAULT_PORT = 6379;

/** Reads `redis:`, `rediss:` and `unix:` URLs. Undefined for anything else: an error could tell the password. */
export function parseRedisAddress(text: string): RedisAddress | undefined {
  const url = URL.parse(text);
  if (url === null) return undefined;
  const isSocket = url.protocol === 'unix:';
  if (!isSocket && url.protocol !== 'redis:' && url.protocol !== 'rediss:') return undefined;
  if (isSocket ? url.host !== '' || url.pathname.length < 2 : url.hostname === '') return undefined;
  const database = isSocket ? (url.searchParams.get('db') ?? '') : url.pathname.slice(1);
  const parts = [url.username, url.password, url.pathname].map(decoded);
  const [username, password, path] = parts;
  if (!/^\d{0,5}$/.test(database) || username === undefined || password === undefined || path === undefined) {
    return undefined;
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return {
    socket: isSocket ? { path } : { host, port: url.port === '' ? DEFAULT_PORT : Number(url.port) },
    tls: url.protocol === 'rediss:' ? { servername: host } : undefined,
    username: username === '' ? undefined : username,
    password: password === '' ? undefined : password,
    database: Number(database),
  };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined; // A `%` that encodes nothing.
  }
}
