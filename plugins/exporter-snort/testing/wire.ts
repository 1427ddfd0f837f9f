/** What a sensor sees of one request, as strings of one character a byte. */
export interface Traffic {
  readonly protocol: 'tcp' | 'udp';
  /** As Snort 3 recognises it by itself. */
  readonly service: 'dns' | 'http' | 'ssl' | 'smtp' | 'unknown';
  /** Port of the server. */
  readonly port: number;
  readonly payload: string;
  /** Parts of an HTTP request. */
  readonly http?: {
    readonly method: string;
    readonly target: string;
    readonly headers: readonly (readonly [string, string])[];
  };
}

const byte = (value: number) => String.fromCharCode(value);
const short = (value: number) => byte(value >> 8) + byte(value & 255);
const prefixed = (text: string) => short(text.length) + text;

/** A query for the address of a name; `edns` adds a record behind the question. */
export function dnsQuery(name: string, { tcp = false, edns = false } = {}): Traffic {
  const labels = name.split('.').map((label) => byte(label.length) + label);
  const header = short(0x1234) + short(0x0100) + short(1) + short(0) + short(0) + short(edns ? 1 : 0);
  const record = edns ? `${byte(0) + short(41) + short(1232)}${byte(0).repeat(4)}${short(0)}` : '';
  const message = `${header + labels.join('') + byte(0) + short(1) + short(1)}${record}`;
  return { protocol: tcp ? 'tcp' : 'udp', service: 'dns', port: 53, payload: tcp ? prefixed(message) : message };
}

/** A request, with further headers behind Host. */
export function httpRequest(
  host: string,
  target = '/',
  {
    method = 'GET',
    port = 80,
    headers = [],
  }: { method?: string; port?: number; headers?: readonly (readonly [string, string])[] } = {},
): Traffic {
  const all = [['Host', host], ...headers] as const;
  const lines = all.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const payload = `${method} ${target} HTTP/1.1\r\n${lines}\r\n`;
  return { protocol: 'tcp', service: 'http', port, payload, http: { method, target, headers: all } };
}

/** A ClientHello with a server name and, right behind it, another extension. */
export function clientHello(name: string, { port = 443, nextType = 0x0017, nextBody = '' } = {}): Traffic {
  const entry = byte(0) + prefixed(name);
  const extensions = `${short(0)}${prefixed(prefixed(entry))}${short(nextType)}${prefixed(nextBody)}`;
  const body = `${short(0x0303)}${byte(7).repeat(32)}${byte(0)}${prefixed(short(0x1301))}${byte(1)}${byte(0)}${prefixed(extensions)}`;
  const handshake = `${byte(1)}${byte(0)}${prefixed(body)}`;
  return { protocol: 'tcp', service: 'ssl', port, payload: `${byte(0x16)}${short(0x0301)}${prefixed(handshake)}` };
}

/** Bytes of no known service. */
export function bytes(protocol: 'tcp' | 'udp', payload: string): Traffic {
  return { protocol, service: 'unknown', port: 4444, payload };
}

/** What a client says to a mail server. */
export function smtp(...lines: readonly string[]): Traffic {
  return { protocol: 'tcp', service: 'smtp', port: 25, payload: lines.map((line) => `${line}\r\n`).join('') };
}
