import { type Fields, isRecord, momentOf, textOf } from '@misp-pipeline/misp';
import type { Observed, Reading } from './alert.ts';
import { type Field, field, observedIn } from './fields.ts';

const APART_FROM_ADDRESSES: readonly Field[] = [
  field('dns.query.rrname', 'host'),
  field('dns.queries.rrname', 'host'),
  field('dns.rrname', 'host'),
  field('dns.answers.rrname', 'host'),
  field('http.hostname', 'host'),
  field('http.url', 'uri'),
  field('http.http_user_agent', 'user-agent'),
  field('http.http_method', 'method'),
  field('http.cookie', 'cookie'),
  field('tls.sni', 'host'),
  field('quic.sni', 'host'),
  field('tls.fingerprint', 'certificate'),
  field('tls.ja3.hash', 'ja3'),
  field('quic.ja3.hash', 'ja3'),
  field('tls.ja4', 'ja4'),
  field('quic.ja4', 'ja4'),
  field('ssh.client.hassh.hash', 'hassh'),
  field('ssh.server.hassh.hash', 'hasshserver'),
  ...['fileinfo', 'files'].flatMap((name) => [
    ...['md5', 'sha1', 'sha256'].map((hash) => field(`${name}.${hash}`, 'hash')),
    { ...field(`${name}.filename`, 'file'), split: withoutFolder },
  ]),
  { ...field('smtp.mail_from', 'mail-from'), split: mailboxOf },
  { ...field('smtp.rcpt_to', 'mail-to'), split: mailboxOf },
  { ...field('email.from', 'mail-from'), split: mailboxOf },
  { ...field('email.to', 'mail-to'), split: mailboxOf },
  { ...field('email.reply_to', 'mail-reply'), split: mailboxOf },
  field('email.subject', 'mail-subject'),
  field('email.message_id', 'mail-id'),
  field('email.x_mailer', 'mailer'),
  field('email.attachment', 'file'),
];

/** Reads a line of an EVE log (`eve.json`) of Suricata 7 or 8. */
export function readSuricata(line: string): Reading {
  // Most records are no alerts; parsing them would take most of the time.
  if (!line.includes('"alert"')) return line.startsWith('{') ? 'other' : 'malformed';
  const record = recordOf(line);
  if (record === undefined) return 'malformed';
  if (record.event_type !== 'alert') return 'other';
  const { alert } = record;
  const time = momentOf(record.timestamp);
  if (!isRecord(alert) || time === undefined || !Number.isSafeInteger(alert.signature_id)) return 'malformed';
  const observed = [
    ...addressOf(record, 'dest', 'destination'),
    ...addressOf(record, 'src', 'source'),
    ...observedIn(record, APART_FROM_ADDRESSES),
    ...urlOf(record.http),
  ];
  return { engine: 'suricata', time, rule: Number(alert.signature_id), says: textOf(alert.signature), observed };
}

/** The object of a line of JSON; undefined when it is none. */
export function recordOf(line: string): Fields | undefined {
  try {
    const record: unknown = JSON.parse(line);
    return isRecord(record) ? record : undefined;
  } catch {
    return undefined; // Also when it is nested too deep to be parsed.
  }
}

function addressOf(record: Fields, end: 'src' | 'dest', direction: 'source' | 'destination'): readonly Observed[] {
  const value = textOf(record[`${end}_ip`]);
  const port = Number(record[`${end}_port`]);
  if (value === '') return [];
  return [{ field: `${end}_ip`, value, sight: 'address', direction, port: port > 0 ? port : undefined }];
}

/** The URL that a request named in two parts. */
export function urlOf(http: unknown): readonly Observed[] {
  if (!isRecord(http)) return [];
  const [host, target, port] = [textOf(http.hostname), textOf(http.url), textOf(http.http_port)];
  if (host === '' || target === '') return [];
  const value = target.includes('://') ? target : `http://${host}${port === '' ? '' : `:${port}`}${target}`;
  return [{ field: 'http', value, sight: 'url', said: target }];
}

/** `a@example.org` of `"A" <a@example.org>`. */
function mailboxOf(text: string): readonly string[] {
  const start = text.lastIndexOf('<');
  const end = text.indexOf('>', start);
  return [start >= 0 && end > start ? text.slice(start + 1, end) : text];
}

/** Suricata names a file in HTTP by its path. */
function withoutFolder(path: string): readonly string[] {
  return [path.slice(path.lastIndexOf('/') + 1)];
}
