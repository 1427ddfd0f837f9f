import { isRecord, momentOf, textOf } from '@misp-pipeline/misp';
import type { Observed, Reading } from './alert.ts';
import { address, type Field, field, observedIn } from './fields.ts';
import { recordOf, urlOf } from './suricata.ts';
import { MOST_VALUES } from './values-at.ts';

/** Decoded fields of the logs in which the Wazuh exporter's rules look indicators up. */
const DECODED: readonly Field[] = [
  ...['dest_ip', 'dstip', 'id.resp_h', 'destination_address', 'win.eventdata.destinationIp'].map((name) =>
    address(name, 'destination'),
  ),
  ...['src_ip', 'srcip', 'id.orig_h', 'source_address', 'win.eventdata.sourceIp', 'win.eventdata.ipAddress'].map(
    (name) => address(name, 'source'),
  ),
  ...[
    'dns.rrname',
    'dns.query.rrname',
    'dns.queries.rrname',
    'tls.sni',
    'quic.sni',
    'http.hostname',
    'query',
    'host',
    'server_name',
    'win.eventdata.queryName',
    'win.eventdata.destinationHostname',
  ].map((name) => field(name, 'host')),
  field('url', 'url', 'host'),
  field('http.url', 'uri', 'url'),
  field('uri', 'uri', 'url'),
  field('http.http_user_agent', 'user-agent'),
  field('user_agent', 'user-agent', 'mailer'),
  field('http.cookie', 'cookie'),
  field('http.http_method', 'method'),
  field('tls.fingerprint', 'certificate'),
  field('fingerprint', 'certificate'),
  ...['tls.ja3.hash', 'quic.ja3.hash', 'ja3'].map((name) => field(name, 'ja3')),
  ...['tls.ja4', 'quic.ja4', 'ja4'].map((name) => field(name, 'ja4')),
  ...['ssh.client.hassh.hash', 'hassh'].map((name) => field(name, 'hassh')),
  ...['ssh.server.hassh.hash', 'hasshServer'].map((name) => field(name, 'hasshserver')),
  ...['fileinfo.md5', 'fileinfo.sha1', 'fileinfo.sha256', 'md5', 'sha1', 'sha256'].map((name) => field(name, 'hash')),
  { ...field('win.eventdata.hashes', 'hash'), split: sysmonHashes },
  ...['fileinfo.filename', 'filename', 'win.eventdata.targetFilename'].map((name) => files(name, 'file')),
  ...['win.eventdata.image', 'win.eventdata.originalFileName'].map((name) => files(name, 'program')),
  ...['smtp.mail_from', 'email.from', 'mailfrom', 'from'].map((name) => field(name, 'mail-from')),
  ...['smtp.rcpt_to', 'rcptto'].map((name) => field(name, 'mail-to')),
  ...['email.reply_to', 'reply_to'].map((name) => field(name, 'mail-reply')),
  ...['email.subject', 'subject'].map((name) => field(name, 'mail-subject')),
  ...['email.message_id', 'msg_id'].map((name) => field(name, 'mail-id')),
  field('email.x_mailer', 'mailer'),
  field('win.eventdata.targetObject', 'registry'),
  field('win.eventdata.pipeName', 'pipe'),
  field('win.eventdata.serviceName', 'service'),
];

/** File integrity monitoring has a place of its own in the alert. */
const INTEGRITY: readonly Field[] = [
  ...['md5_after', 'sha1_after', 'sha256_after'].map((name) => field(name, 'hash')),
  { ...files('path', 'file'), sights: ['file', 'registry'] },
];

/** Reads a line of `alerts.json` of Wazuh 4. */
export function readWazuh(line: string): Reading {
  const record = recordOf(line);
  if (record === undefined) return 'malformed';
  const { rule } = record;
  if (!isRecord(rule)) return 'other';
  const time = momentOf(record.timestamp);
  const id = Number(textOf(rule.id) || Number.NaN);
  if (time === undefined || !Number.isSafeInteger(id)) return 'malformed';
  const { data, syscheck, full_log: log } = record;
  const decoded = [
    ...observedIn(data, DECODED),
    ...urlOf(isRecord(data) ? data.http : undefined),
    ...observedIn(syscheck, INTEGRITY),
  ];
  const observed = decoded.length > 0 ? decoded : wordsOf(textOf(log));
  return { engine: 'wazuh', time, rule: id, says: textOf(rule.description), observed };
}

/** Words of a line of which Wazuh decoded nothing that we know. */
function wordsOf(line: string): readonly Observed[] {
  const words = line.slice(0, LONGEST_LINE).split(/[\s"'=,;<>()[\]]+/);
  return words
    .filter((word) => /[.:]/.test(word))
    .slice(0, MOST_VALUES)
    .map((value) => ({ field: 'full_log', value, sight: 'url' }));
}

const LONGEST_LINE = 8192;

/** The path and, since indicators often name a file alone, its last part. */
function files(name: string, sight: 'file' | 'program'): Field {
  return {
    ...field(name, sight),
    split: (path) => [path, path.slice(Math.max(...['/', '\\'].map((c) => path.lastIndexOf(c))) + 1)],
  };
}

/** `SHA1=..,MD5=..,SHA256=..` */
function sysmonHashes(text: string): readonly string[] {
  return text.split(',', 8).map((part) => part.slice(part.indexOf('=') + 1));
}
