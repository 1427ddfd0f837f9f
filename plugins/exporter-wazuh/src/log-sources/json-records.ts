import type { Fields } from '../look-up.ts';
import { CLIENT, SERVER } from './line-records.ts';

/** Type of an EVE event by the first part of a field's name. */
const EVENT_TYPES: ReadonlyMap<string, string> = new Map([
  ...['http', 'fileinfo', 'dns', 'tls', 'quic', 'ssh', 'smtp'].map((type): [string, string] => [type, type]),
  ['email', 'smtp'],
]);

interface JsonObject {
  [name: string]: JsonValue;
}

type JsonValue = JsonObject | string | number | readonly JsonValue[];

/** An event of Suricata's EVE log; a name in DNS stands in a list, as in Suricata 8. */
export function eveRecord(fields: Fields): string {
  const { 'misp.dns_query': query, 'misp.mail_to': recipient, ...decoded } = fields;
  const values: Record<string, JsonValue> = { ...decoded };
  if (query !== undefined) values['dns.queries'] = [{ rrname: query, rrtype: 'A' }];
  if (recipient !== undefined) values['smtp.rcpt_to'] = [`<${recipient}>`];
  const types = Object.keys(values).flatMap((name) => EVENT_TYPES.get(name.split('.', 1)[0] ?? '') ?? []);
  const event: JsonObject = {
    timestamp: '2026-11-24T10:00:00.000000+0000',
    event_type: types[0] ?? 'flow',
    src_ip: CLIENT,
    src_port: 50_000,
    dest_ip: SERVER,
    dest_port: 50_001,
    proto: 'TCP',
  };
  for (const [name, value] of Object.entries(values)) put(event, name.split('.'), value);
  return JSON.stringify(event);
}

/** An entry of one of Zeek's logs, whose names have dots of their own. */
export function zeekRecord(fields: Fields): string {
  const { 'misp.mail_to': recipient, ...decoded } = fields;
  const known =
    'fingerprint' in fields
      ? { 'certificate.serial': '01' }
      : {
          uid: 'CHhAvVGS1DHFjwGM9',
          'id.orig_h': CLIENT,
          'id.orig_p': 50_000,
          'id.resp_h': SERVER,
          'id.resp_p': 50_001,
        };
  const recipients = recipient === undefined ? {} : { rcptto: [recipient] };
  return JSON.stringify({ ts: 1_795_514_400, ...known, ...recipients, ...decoded });
}

/** Sets the value at a path, and makes the objects that lead to it. */
function put(object: JsonObject, [name = '', ...rest]: readonly string[], value: JsonValue): void {
  if (rest.length === 0) {
    object[name] = value;
    return;
  }
  const known = object[name];
  const inner: JsonObject = isObject(known) ? known : {};
  object[name] = inner;
  put(inner, rest, value);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && !Array.isArray(value);
}
