import type { IndicatorKind, Support } from '@misp-pipeline/core';

const ADDRESS = { form: 'address rules, rules of up to 400 addresses, or IP reputation' };
const NAME = { form: 'DNS queries, HTTP hosts and the server names of TLS and QUIC; rules or datasets' };
const FILE = { form: 'hash list; on version 7 one kind of hash in whole files, others in their first 30 kB' };
const ON_THE_HOST = { unsupported: 'exists on the host, not in traffic' };
const NOT_COMPUTED = { unsupported: 'the engine computes MD5, SHA-1 and SHA-256 of files only' };
const IN_MAIL = { form: 'commands and header fields of SMTP; decoded fields on version 8' };
const OTHER_LANGUAGE = { unsupported: 'a rule of another engine' };

/** What becomes of each kind of indicator. */
export const coverage = {
  ipv4: ADDRESS,
  ipv6: ADDRESS,
  cidr: ADDRESS,
  domain: NAME,
  hostname: NAME,
  url: { form: 'http: host and path together; https: the server name alone' },
  uri: { form: 'path and query of HTTP requests' },
  'user-agent': { form: 'whole User-Agent of HTTP requests; rules or dataset' },
  'http-method': { form: 'method of HTTP requests, unless it is an ordinary one' },
  cookie: { form: 'whole cookies that clients send over HTTP' },
  ja3: { form: 'TLS and QUIC client hellos; rules or dataset' },
  ja4: { form: 'TLS or QUIC client hellos; rules or dataset' },
  jarm: { unsupported: 'made of answers to probes that a sensor does not send' },
  hassh: { form: 'SSH clients; rules or dataset' },
  hasshserver: { form: 'SSH servers; rules or dataset' },
  'x509-md5': { form: 'each certificate of a TLS server up to 1.2; rules or dataset' },
  'x509-sha1': { form: 'the certificate of a TLS server up to 1.2; rules or dataset' },
  'x509-sha256': { form: 'each certificate of a TLS server up to 1.2; rules or dataset' },
  md5: FILE,
  sha1: FILE,
  sha224: NOT_COMPUTED,
  sha256: FILE,
  sha384: NOT_COMPUTED,
  sha512: NOT_COMPUTED,
  imphash: { unsupported: 'the engine does not parse programs' },
  filename: { form: 'names of transferred files, unless common or known by their hash; rules or dataset' },
  email: IN_MAIL,
  'email-src': IN_MAIL,
  'email-dst': IN_MAIL,
  'email-subject': IN_MAIL,
  'email-attachment': { form: 'names of files in SMTP' },
  'email-x-mailer': IN_MAIL,
  'email-message-id': IN_MAIL,
  'email-reply-to': { form: 'header field of SMTP' },
  regkey: ON_THE_HOST,
  mutex: ON_THE_HOST,
  'named-pipe': ON_THE_HOST,
  'process-name': ON_THE_HOST,
  'service-name': ON_THE_HOST,
  'pattern-in-traffic': { form: 'content anywhere in a stream or packet' },
  'rule-suricata': { form: 'passed on under a number of ours, after a check of what it may do' },
  'rule-snort': OTHER_LANGUAGE,
  'rule-sigma': OTHER_LANGUAGE,
  'rule-yara': OTHER_LANGUAGE,
  'rule-zeek': OTHER_LANGUAGE,
} satisfies Record<IndicatorKind, Support>;
