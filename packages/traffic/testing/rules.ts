import type { Indicator, IndicatorKind } from '@misp-pipeline/core';

/** Bare forms of rules, one for each place in which a kind shows: the yardstick that probes are held against. */
type Form = (value: string, indicator: Indicator) => readonly string[];

function bytes(text: string): string {
  return `"|${Buffer.from(text, 'utf8').toString('hex')}|"`;
}

function pattern(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

const REQUEST = 'flow:established,to_server;';

const exact = (header: string, buffer: string, value: string) =>
  `alert ${header} (${buffer} content:${bytes(value)}; bsize:${Buffer.byteLength(value)};`;

const name: Form = (value, { kind, port = 'any' }) => {
  const [dots, anchors] = kind === 'domain' ? ['dotprefix;', 'endswith;'] : ['', 'startswith; endswith;'];
  const match = `${dots} content:${bytes(kind === 'domain' ? `.${value}` : value)}; ${anchors}`;
  return [
    `alert dns any any -> any any (dns.query; to_lowercase; ${match}`,
    `alert http any any -> any ${port} (${REQUEST} http.host; to_lowercase; ${match}`,
    `alert tls any any -> any ${port} (${REQUEST} tls.sni; to_lowercase; ${match}`,
    `alert quic any any -> any ${port} (quic.sni; to_lowercase; ${match}`,
  ];
};

const address: Form = (value, { direction, port = 'any' }) => {
  const there = `${value} ${port}`;
  if (direction === 'source') return [`alert ip ${there} -> any any (`];
  return [`alert ip any any ${direction === undefined ? '<>' : '->'} ${there} (`];
};

const url: Form = (value) => {
  const { protocol, hostname, port, pathname, search } = new URL(value);
  const host = `to_lowercase; content:${bytes(hostname)}; bsize:${hostname.length};`;
  if (protocol === 'https:') {
    return ['tls', 'quic'].map((seen) => `alert ${seen} any any -> any any (${seen}.sni; ${host}`);
  }
  const target = pathname + search;
  const match = `http.host; ${host} http.uri; content:${bytes(target)}; bsize:${target.length};`;
  return [`alert http any any -> any ${port || 'any'} (${match}`];
};

const mailLine =
  (fields: string): Form =>
  (value) => [
    `alert smtp any any -> any any (${REQUEST} content:${bytes(value)}; pcre:"/^(?:${fields})\\x3a[^\\n]*?[<\\s\\x3a]${pattern(value)}[>\\s]/im";`,
  ];
const mailHeader =
  (field: string): Form =>
  (value) => [`alert smtp any any -> any any (${REQUEST} content:${bytes(`\r\n${field}: ${value}\r\n`)};`];

const http =
  (buffer: string): Form =>
  (value) => [exact('http any any -> any any', buffer, value)];
const ssh =
  (buffer: string): Form =>
  (value) => [exact('ssh any any -> any any', buffer, value)];
const hello =
  (buffer: string): Form =>
  (value) =>
    ['tls', 'quic'].map((protocol) => exact(`${protocol} any any -> any any`, buffer, value));
const fileName: Form = (value) =>
  ['http', 'smtp'].map(
    (protocol) =>
      `alert ${protocol} any any -> any any (file.name; content:${bytes(value)}; nocase; pcre:"/(?:^|\\x2f)${pattern(value)}$/i";`,
  );
const fileHash =
  (transform: string): Form =>
  (value) => [`alert ip any any -> any any (file.data; ${transform}; content:"|${value}|"; bsize:${value.length / 2};`];
const certificate =
  (transform: string): Form =>
  (value) => [
    `alert tls any any -> any any (tls.certs; ${transform}; content:"|${value}|"; bsize:${value.length / 2};`,
  ];

const FORMS: Partial<Record<IndicatorKind, Form>> = {
  ipv4: address,
  ipv6: address,
  cidr: address,
  domain: name,
  hostname: name,
  url,
  uri: http('http.uri;'),
  'user-agent': http('http.user_agent;'),
  'http-method': http('http.method;'),
  cookie: (value) => [
    `alert http any any -> any any (http.cookie; content:${bytes(value)}; pcre:"/(?:^|\\x3b )${pattern(value)}(?:\\x3b|$)/";`,
  ],
  ja3: hello('ja3.hash;'),
  ja4: hello('ja4.hash;'),
  hassh: ssh('ssh.hassh;'),
  hasshserver: ssh('ssh.hassh.server;'),
  'x509-md5': certificate('to_md5'),
  'x509-sha1': certificate('to_sha1'),
  'x509-sha256': certificate('to_sha256'),
  md5: fileHash('to_md5'),
  sha1: fileHash('to_sha1'),
  sha256: fileHash('to_sha256'),
  filename: fileName,
  email: mailLine('MAIL FROM|From|RCPT TO|To|Cc'),
  'email-src': mailLine('MAIL FROM|From'),
  'email-dst': mailLine('RCPT TO|To|Cc'),
  'email-reply-to': mailLine('Reply-To'),
  'email-subject': mailHeader('Subject'),
  'email-x-mailer': mailHeader('X-Mailer'),
  'email-message-id': mailHeader('Message-ID'),
  'email-attachment': fileName,
  'pattern-in-traffic': (value) => [`alert ip any any -> any any (content:"${value}";`],
};

/** Rules for an indicator, with the number given; none where the engine has no form. */
export function rulesOf(indicator: Indicator, firstSid: number): readonly string[] {
  const forms = FORMS[indicator.kind]?.(indicator.value, indicator) ?? [];
  return forms.map((form, i) => `${form} msg:"${indicator.kind}"; sid:${firstSid + i};)`);
}
