import type { IndicatorKind, Support } from '@misp-pipeline/core';

const HOST = { form: 'names in DNS, proxy and connection logs, also below a domain' };
const ADDRESS = { form: 'addresses in firewall, connection, proxy and web server logs, with their port' };
const SYSMON_HASH = { form: '`Hashes` of processes, images, drivers, streams and executable files in Sysmon logs' };
const NO_SUCH_HASH = { unsupported: 'no log that Sigma names holds this hash' };
const CERTIFICATE = { form: '`fingerprint` in the X.509 log of Zeek, when it is made with this hash' };
const NO_MAIL = { unsupported: 'Sigma has no log source for mail' };
const NO_FINGERPRINT = { unsupported: "Zeek's logs of TLS and SSH are no log sources of SigmaHQ" };
const OTHER_ENGINE = { unsupported: 'a rule of another engine' };

/** What becomes of each kind of indicator. */
export const coverage = {
  ipv4: ADDRESS,
  ipv6: ADDRESS,
  cidr: { form: 'networks (`cidr`) in firewall, connection, proxy and web server logs, with their port' },
  domain: HOST,
  hostname: { form: 'names in DNS, proxy and connection logs' },
  url: { form: 'whole URLs in proxy logs' },
  uri: { form: 'ends of URLs in proxy logs' },
  'user-agent': { form: 'user agents in proxy and web server logs' },
  'http-method': { form: 'methods that browsers do not use, in proxy and web server logs' },
  cookie: { form: 'cookies in proxy and web server logs, alone or among others' },
  ja3: NO_FINGERPRINT,
  ja4: NO_FINGERPRINT,
  jarm: { unsupported: 'found by asking a server, in no log' },
  hassh: NO_FINGERPRINT,
  hasshserver: NO_FINGERPRINT,
  'x509-md5': CERTIFICATE,
  'x509-sha1': CERTIFICATE,
  'x509-sha256': CERTIFICATE,
  md5: SYSMON_HASH,
  sha1: SYSMON_HASH,
  sha224: NO_SUCH_HASH,
  sha256: SYSMON_HASH,
  sha384: NO_SUCH_HASH,
  sha512: NO_SUCH_HASH,
  imphash: SYSMON_HASH,
  filename: { form: 'files made on Windows and Linux, by name or path' },
  email: NO_MAIL,
  'email-src': NO_MAIL,
  'email-dst': NO_MAIL,
  'email-subject': NO_MAIL,
  'email-attachment': { form: 'files made when an attachment is opened or saved' },
  'email-x-mailer': NO_MAIL,
  'email-message-id': NO_MAIL,
  'email-reply-to': NO_MAIL,
  regkey: { form: 'registry keys and values, with their data, in Sysmon logs' },
  mutex: { unsupported: 'no log that Sigma names shows mutexes' },
  'named-pipe': { form: 'pipes made or connected to in Sysmon logs' },
  'process-name': { form: 'processes started on Windows and Linux, by name or path' },
  'service-name': { form: 'services installed, in the system and security logs of Windows' },
  'pattern-in-traffic': { unsupported: 'logs hold no payload' },
  'rule-suricata': OTHER_ENGINE,
  'rule-snort': OTHER_ENGINE,
  'rule-sigma': { form: 'passed on with a new id, if its detection is well-formed' },
  'rule-yara': OTHER_ENGINE,
  'rule-zeek': OTHER_ENGINE,
} as const satisfies Record<IndicatorKind, Support>;
