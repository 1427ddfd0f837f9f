import type { IndicatorKind, Support } from '@misp-pipeline/core';

const ADDRESS = { form: 'CDB list for each direction; with a port in proxy tunnels only' };
const NAME = { form: 'CDB list of whole names; names below a domain by rules of their own (`patterns`)' };
const URL = { form: 'CDB lists of whole URLs, root pages, and host and path' };
const FILE_HASH = { form: 'CDB list for file integrity monitoring, Suricata and Zeek; Sysmon with one algorithm' };
const CERTIFICATE = { form: 'CDB list for Zeek' };
const MAIL_ADDRESS = { form: 'CDB list for mail in Suricata and Zeek' };
const MAIL_HEADER = { form: 'CDB list for mail headers in Suricata and Zeek' };
const NO_LOG = { unsupported: 'no log that Wazuh decodes holds it' };
const UNHASHED = { unsupported: 'no log that Wazuh decodes holds hashes of this kind' };
const FOREIGN_RULE = { unsupported: 'Wazuh 4 has rules of its own form only' };

/** What becomes of each kind of indicator in a Wazuh 4 manager. */
export const COVERAGE = {
  ipv4: ADDRESS,
  ipv6: { form: 'CDB list in three spellings' },
  cidr: { form: 'IPv4 as beginnings of addresses in CDB lists' },
  domain: NAME,
  hostname: NAME,
  url: URL,
  uri: { form: 'CDB list of whole paths for Suricata and Zeek' },
  'user-agent': { form: 'CDB list of whole user agents' },
  'http-method': { unsupported: 'a method alone is in the traffic of everyone' },
  cookie: { form: 'CDB list for Suricata, where it is set to log the header' },
  ja3: { form: 'CDB list for Suricata and Zeek' },
  ja4: { form: 'CDB list for Suricata and Zeek' },
  jarm: { unsupported: 'it is the result of a scan, not of traffic' },
  hassh: { form: 'CDB list for Suricata and Zeek' },
  hasshserver: { form: 'CDB list for Suricata and Zeek' },
  'x509-md5': CERTIFICATE,
  'x509-sha1': { form: 'CDB list for Zeek, and with colons for Suricata' },
  'x509-sha256': CERTIFICATE,
  md5: FILE_HASH,
  sha1: FILE_HASH,
  sha224: UNHASHED,
  sha256: FILE_HASH,
  sha384: UNHASHED,
  sha512: UNHASHED,
  imphash: { form: 'CDB list for Sysmon with one algorithm' },
  filename: { form: 'CDB lists of names on the network and of whole paths' },
  email: MAIL_ADDRESS,
  'email-src': MAIL_ADDRESS,
  'email-dst': { form: 'CDB list for the first recipient in Suricata and Zeek' },
  'email-subject': MAIL_HEADER,
  'email-attachment': { form: 'CDB list of names on the network' },
  'email-x-mailer': MAIL_HEADER,
  'email-message-id': MAIL_HEADER,
  'email-reply-to': MAIL_ADDRESS,
  regkey: { form: 'CDB lists of whole keys for Sysmon and file integrity monitoring, but not those of the user' },
  mutex: NO_LOG,
  'named-pipe': { form: 'CDB list for Sysmon' },
  'process-name': { form: 'CDB lists of original file names and whole paths for Sysmon' },
  'service-name': { form: 'CDB list for new services in Windows logs' },
  'pattern-in-traffic': NO_LOG,
  'rule-suricata': FOREIGN_RULE,
  'rule-snort': FOREIGN_RULE,
  'rule-sigma': FOREIGN_RULE,
  'rule-yara': FOREIGN_RULE,
  'rule-zeek': FOREIGN_RULE,
} as const satisfies Record<IndicatorKind, Support>;
