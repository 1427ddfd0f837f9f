import type { IndicatorKind, Support } from '@misp-pipeline/core';

const ADDRESS: Support = { form: 'reputation list; with a port, rules for TCP connections and UDP packets' };
const NAME: Support = { form: 'DNS query, HTTP Host header, TLS server name' };
const NO_FINGERPRINT: Support = { unsupported: 'Snort makes no such fingerprint' };
const NO_CERTIFICATE: Support = { unsupported: 'no rule option sees the digest of a certificate' };
const NO_DIGEST: Support = { unsupported: 'Snort knows the digest of a file only for files of a known small size' };
const NOT_COMPUTED: Support = { unsupported: 'Snort computes no such digest' };
const ON_THE_HOST: Support = { unsupported: 'shows on the host, not in traffic' };
const OTHER_LANGUAGE: Support = { unsupported: 'a rule of another engine' };

/** What Snort can do for each kind. */
export const coverage = {
  ipv4: ADDRESS,
  ipv6: ADDRESS,
  cidr: ADDRESS,
  domain: NAME,
  hostname: NAME,
  url: { form: 'HTTP host, path and query; of https URLs the TLS server name only' },
  uri: { form: 'HTTP path and query on any host' },
  'user-agent': { form: 'whole HTTP User-Agent header' },
  'http-method': { form: 'HTTP method, unless it is an ordinary one' },
  cookie: { form: 'whole pairs of the HTTP Cookie header' },
  ja3: NO_FINGERPRINT,
  ja4: NO_FINGERPRINT,
  jarm: { unsupported: 'made by probing a server, not seen in traffic' },
  hassh: NO_FINGERPRINT,
  hasshserver: NO_FINGERPRINT,
  'x509-md5': NO_CERTIFICATE,
  'x509-sha1': NO_CERTIFICATE,
  'x509-sha256': NO_CERTIFICATE,
  md5: NO_DIGEST,
  sha1: NOT_COMPUTED,
  sha224: NOT_COMPUTED,
  sha256: { form: 'file policy of Snort 3: a line in file.log, no alert' },
  sha384: NOT_COMPUTED,
  sha512: NO_DIGEST,
  imphash: NOT_COMPUTED,
  filename: { form: 'name of a mail’s attachment' },
  email: { form: 'mail envelope and headers, either end' },
  'email-src': { form: 'mail envelope and headers, sender' },
  'email-dst': { form: 'mail envelope and headers, receiver' },
  'email-subject': { form: 'whole Subject header' },
  'email-attachment': { form: 'name of a mail’s attachment' },
  'email-x-mailer': { form: 'whole X-Mailer header' },
  'email-message-id': { form: 'whole Message-ID header' },
  'email-reply-to': { form: 'address in the Reply-To header' },
  regkey: ON_THE_HOST,
  mutex: ON_THE_HOST,
  'named-pipe': { unsupported: 'no proven form for names of pipes in SMB' },
  'process-name': ON_THE_HOST,
  'service-name': ON_THE_HOST,
  'pattern-in-traffic': { form: 'bytes in a TCP stream or a UDP packet' },
  'rule-suricata': OTHER_LANGUAGE,
  'rule-snort': { form: 'passed on with a sid of ours, if it is in the syntax of the Snort that is written for' },
  'rule-sigma': OTHER_LANGUAGE,
  'rule-yara': OTHER_LANGUAGE,
  'rule-zeek': OTHER_LANGUAGE,
} satisfies Record<IndicatorKind, Support>;
