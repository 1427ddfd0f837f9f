import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatesOf } from './candidates.ts';
import { isFault, type Reading } from './reading/reading.ts';
import { attributeType, READERS } from './types.ts';

function read(type: string, value: string, relation?: string): Reading | undefined {
  return attributeType({ type, object_relation: relation })?.read(value);
}

/** `kind value`, with direction and port where they are set. */
function spell(reading: Reading | undefined): string {
  if (reading === undefined || isFault(reading)) return reading ?? 'unmapped';
  return reading
    .map(({ kind, value, direction, port }) =>
      [kind, value, direction, port].filter((word) => word !== undefined).join(' '),
    )
    .join(' + ');
}

const MD5 = 'd41d8cd98f00b204e9800998ecf8427e';
const SHA1 = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';

describe('addresses', () => {
  it.each([
    ['ip-src', '192.0.2.1', 'ipv4 192.0.2.1 source'],
    ['ip-dst', '192.0.2.1', 'ipv4 192.0.2.1 destination'],
    ['ip-dst', '2001:DB8:0::1', 'ipv6 2001:db8::1 destination'],
    ['ip-dst', '[2001:db8::1]', 'ipv6 2001:db8::1 destination'],
    ['ip-dst', '::ffff:198.51.100.77', 'ipv4 198.51.100.77 destination'],
    ['ip-dst', '10.1.2.3/8', 'cidr 10.0.0.0/8 destination'],
    ['ip-dst', '192.0.2.1/32', 'ipv4 192.0.2.1 destination'],
    ['ip-src', '192[.]0[.]2[.]1', 'ipv4 192.0.2.1 source'],
    ['ip-src', '"192.0.2.1"', 'ipv4 192.0.2.1 source'],
    ['ip-dst', '192.0.2.1:80', 'ipv4 192.0.2.1 destination 80'],
    ['ip-dst', '[2001:db8::1]:443', 'ipv6 2001:db8::1 destination 443'],
    ['ip-dst', '2001:db8::1:443', 'ipv6 2001:db8::1:443 destination'],
    ['ip-dst', '192.0.2.1/33', 'invalid-ip'],
    ['ip-dst', '192.0.2.1.5', 'invalid-ip'],
    ['ip-dst', '192.0.2.256', 'invalid-ip'],
    ['ip-dst', '192.0.2.1:0', 'invalid-ip'],
    ['ip-dst', '10.0.0.1-10.0.0.9', 'invalid-ip'],
    ['ip-dst', 'evil.example', 'invalid-ip'],
    ['ip-dst', '192.0.2.1\u200b', 'invisible-character'],
    ['ip-dst', '192.0.\x002.1', 'control-character'],
  ])('%s %j gives %s', (type, value, expected) => {
    expect(spell(read(type, value))).toBe(expected);
  });
});

describe('addresses with a port', () => {
  it.each([
    ['192.0.2.1|80', 'ipv4 192.0.2.1 destination 80'],
    ['192.0.2.1:80', 'ipv4 192.0.2.1 destination 80'],
    ['192.0.2.1[:]80', 'ipv4 192.0.2.1 destination 80'],
    ['192.0.2.1 | 80', 'ipv4 192.0.2.1 destination 80'],
    ['192.0.2.0/24|80', 'cidr 192.0.2.0/24 destination 80'],
    ['2001:db8::1|80', 'ipv6 2001:db8::1 destination 80'],
    ['[2001:db8::1]:80', 'ipv6 2001:db8::1 destination 80'],
    ['[2001:db8::1]|80', 'ipv6 2001:db8::1 destination 80'],
    ['2001:db8::1.80', 'ipv6 2001:db8::1 destination 80'],
    ['2001:db8::1#80', 'ipv6 2001:db8::1 destination 80'],
    ['2001:db8::1p80', 'ipv6 2001:db8::1 destination 80'],
    ['2001:db8::1 port 80', 'ipv6 2001:db8::1 destination 80'],
    ['192.0.2.1|0', 'invalid-port'],
    ['192.0.2.1|65536', 'invalid-port'],
    ['192.0.2.1|http', 'invalid-port'],
    ['192.0.2.1|', 'invalid-composite'],
    ['evil.example|80', 'invalid-ip'],
    ['192.0.2.1', 'invalid-ip'],
    ['2001:db8::1:80', 'invalid-composite'],
  ])('ip-dst|port %j gives %s', (value, expected) => {
    expect(spell(read('ip-dst|port', value))).toBe(expected);
  });

  it('keeps the direction of ip-src|port', () => {
    expect(spell(read('ip-src|port', '192.0.2.1|80'))).toBe('ipv4 192.0.2.1 source 80');
  });
});

describe('hosts', () => {
  it.each([
    ['domain', 'Evil.EXAMPLE', 'domain evil.example'],
    ['domain', 'evil.example.', 'domain evil.example'],
    ['domain', '.evil.example', 'domain evil.example'],
    ['domain', '*.evil.example', 'domain evil.example'],
    ['domain', 'evil[.]example', 'domain evil.example'],
    ['domain', 'bücher.example', 'domain xn--bcher-kva.example'],
    ['domain', '192.0.2.44', 'ipv4 192.0.2.44 destination'],
    ['domain', 'evil.example:8080', 'hostname evil.example 8080'],
    ['domain', 'localhost', 'single-label-host'],
    ['domain', 'ev*l.example', 'wildcard'],
    ['domain', 'evil.example/path', 'invalid-host'],
    ['domain', 'http://evil.example', 'invalid-host'],
    ['domain', `${'a'.repeat(64)}.example`, 'invalid-host'],
    ['domain', 'evil\u202e.example', 'invisible-character'],
    ['domain', 'evil\n.example', 'control-character'],
    ['hostname', 'www.evil.example', 'hostname www.evil.example'],
    ['hostname', '*.www.evil.example', 'domain www.evil.example'],
    ['hostname', 'evil$.example', 'invalid-host'],
    ['onion-address', 'expyuzz4wqqyqhjn.onion', 'domain expyuzz4wqqyqhjn.onion'],
    ['hostname|port', 'evil.example|8443', 'hostname evil.example 8443'],
    ['hostname|port', 'evil[.]example:8443', 'hostname evil.example 8443'],
    ['hostname|port', "'evil.example'|8443", 'hostname evil.example 8443'],
    ['hostname|port', '192.0.2.1|8443', 'ipv4 192.0.2.1 destination 8443'],
    ['hostname|port', 'evil.example|99999', 'invalid-port'],
    ['hostname|port', 'evil.example', 'invalid-composite'],
    ['hostname|port', 'localhost|80', 'invalid-host'],
    ['domain|ip', 'evil.example|192.0.2.1', 'domain evil.example + ipv4 192.0.2.1 destination'],
    ['domain|ip', 'Evil.example | 2001:DB8::1', 'domain evil.example + ipv6 2001:db8::1 destination'],
    ['domain|ip', 'evil.example|', 'invalid-composite'],
    ['domain|ip', 'evil.example|evil.example', 'invalid-ip'],
    ['domain|ip', 'evil|192.0.2.1', 'single-label-host'],
    ['domain|ip', '192.0.2.1|192.0.2.1', 'invalid-host'],
  ])('%s %j gives %s', (type, value, expected) => {
    expect(spell(read(type, value))).toBe(expected);
  });
});

describe('URLs', () => {
  it.each([
    ['url', 'http://Evil.example/A?b#c', 'url http://evil.example/A?b'],
    ['url', 'hxxps[:]//evil[.]example:8443/a[0]', 'url https://evil.example:8443/a[0]'],
    ['url', 'HTTP://evil.example', 'url http://evil.example/'],
    ['url', 'evil.example/a', 'url http://evil.example/a'],
    ['url', 'http://[2001:db8::1]:8080/', 'url http://[2001:db8::1]:8080/'],
    ['url', 'ftp://192.0.2.1/a', 'url ftp://192.0.2.1/a'],
    ['url', "'http://evil.example/'", 'url http://evil.example/'],
    ['url', 'http://evil.example/ü', 'url http://evil.example/%C3%BC'],
    ['url', 'http://evil.example/a\r\nHost: x', 'control-character'],
    ['url', 'http://evil\u200b.example/', 'invisible-character'],
    ['url', 'hxxp:[.]//evil.example/', 'invalid-url'],
    ['url', 'http://localhost/', 'invalid-url'],
    ['url', '/only/a/path', 'invalid-url'],
    ['url', 'mailto:a@evil.example', 'invalid-url'],
    ['uri', '/gate.php?id=1', 'uri /gate.php?id=1'],
    ['uri', 'gate.php?id=1', 'uri /gate.php?id=1'],
    ['uri', '/a b', 'uri /a%20b'],
    ['uri', '/a#b', 'uri /a'],
    ['uri', '/a;b|c"d\\e', 'uri /a;b|c"d\\e'],
    ['uri', 'https://evil.example/a', 'url https://evil.example/a'],
    ['uri', 'evil.example/a', 'url http://evil.example/a'],
    ['uri', '/', 'invalid-uri'],
    ['uri', 'urn:isbn:1', 'invalid-uri'],
    ['uri', '/a\nb', 'control-character'],
  ])('%s %j gives %s', (type, value, expected) => {
    expect(spell(read(type, value))).toBe(expected);
  });
});

describe('hashes and files', () => {
  it.each([
    ['md5', MD5.toUpperCase(), `md5 ${MD5}`],
    ['md5', `"${MD5}"`, `md5 ${MD5}`],
    ['md5', SHA1, 'invalid-hash'],
    ['md5', `${MD5.slice(1)}g`, 'invalid-hash'],
    ['md5', `${MD5.slice(0, 16)}\u200b${MD5.slice(16)}`, 'invisible-character'],
    ['sha1', SHA1, `sha1 ${SHA1}`],
    ['sha224', 'a'.repeat(56), `sha224 ${'a'.repeat(56)}`],
    ['sha256', 'a'.repeat(64), `sha256 ${'a'.repeat(64)}`],
    ['sha384', 'a'.repeat(96), `sha384 ${'a'.repeat(96)}`],
    ['sha512', 'a'.repeat(128), `sha512 ${'a'.repeat(128)}`],
    ['imphash', MD5, `imphash ${MD5}`],
    ['x509-fingerprint-sha1', (SHA1.match(/../g) ?? []).join(':').toUpperCase(), `x509-sha1 ${SHA1}`],
    ['x509-fingerprint-md5', MD5, `x509-md5 ${MD5}`],
    ['x509-fingerprint-sha256', 'a'.repeat(64), `x509-sha256 ${'a'.repeat(64)}`],
    ['ja3-fingerprint-md5', MD5, `ja3 ${MD5}`],
    ['ja4-plus', 't13d0408h2_39e807bd56df_e7de1fb565e9', 'ja4 t13d0408h2_39e807bd56df_e7de1fb565e9'],
    ['jarm-fingerprint', 'a'.repeat(62), `jarm ${'a'.repeat(62)}`],
    ['hassh-md5', MD5, `hassh ${MD5}`],
    ['hasshserver-md5', MD5, `hasshserver ${MD5}`],
    ['filename', 'Rechnung 42.zip', 'filename Rechnung 42.zip'],
    ['filename', 'gpj.\u202eexe', 'filename gpj.\u202eexe'],
    ['filename', 'a\tb', 'control-character'],
    ['filename', 'a\ud800b', 'control-character'],
    ['filename|md5', `a|b.exe|${MD5}`, `filename a|b.exe + md5 ${MD5}`],
    ['filename|sha1', `a.exe|${SHA1.toUpperCase()}`, `filename a.exe + sha1 ${SHA1}`],
    ['filename|sha1', `a.exe|${MD5}`, 'invalid-hash'],
    ['filename|sha1', SHA1, 'invalid-composite'],
    ['malware-sample', `a.exe|${MD5}`, `filename a.exe + md5 ${MD5}`],
    ['filename|ssdeep', 'a.exe|3:abc:def', 'unmapped'],
  ])('%s %j gives %s', (type, value, expected) => {
    expect(spell(read(type, value))).toBe(expected);
  });

  it('takes the JA4 of an object, which MISP has as text', () => {
    const ja4 = 't13d1516h2_8daaf6152771_e5627efa2ab1';
    expect(spell(read('text', ja4, 'ja4-fingerprint'))).toBe(`ja4 ${ja4}`);
    expect(spell(read('text', 't130200_1301_a56c5b993250', 'ja4-fingerprint'))).toBe('invalid-hash');
    expect(spell(read('text', ja4, 'description'))).toBe('unmapped');
    expect(spell(read('text', ja4))).toBe('unmapped');
  });
});

describe('mail', () => {
  it.each([
    ['email-src', 'CEO@Evil.EXAMPLE', 'email-src ceo@evil.example'],
    ['email-dst', 'a[@]evil[.]example', 'email-dst a@evil.example'],
    ['email', 'mailto:a@evil.example', 'email a@evil.example'],
    ['email-reply-to', 'The CEO <a@evil.example>', 'email-reply-to a@evil.example'],
    ['email-src', "o'neill+x@bücher.example", "email-src o'neill+x@xn--bcher-kva.example"],
    ['email-src', '@evil.example', 'invalid-email'],
    ['email-src', 'a@localhost', 'invalid-email'],
    ['email-src', 'a b@evil.example', 'invalid-email'],
    ['email-src', 'evil.example', 'invalid-email'],
    ['email-src', 'a\u200b@evil.example', 'invisible-character'],
    ['email-src', 'a\r\nBcc@evil.example', 'control-character'],
    ['email-subject', 'Rechnung "wichtig"; | überfällig', 'email-subject Rechnung "wichtig"; | überfällig'],
    ['email-subject', 'a\nb', 'control-character'],
    ['email-attachment', 'Rechnung.zip', 'email-attachment Rechnung.zip'],
    ['email-x-mailer', 'PHPMailer 5.2', 'email-x-mailer PHPMailer 5.2'],
    ['email-message-id', '<abc@evil.example>', 'email-message-id <abc@evil.example>'],
  ])('%s %j gives %s', (type, value, expected) => {
    expect(spell(read(type, value))).toBe(expected);
  });
});

describe('what hosts and sensors see', () => {
  it.each([
    ['user-agent', 'Mozilla/4.0 (compatible)', 'user-agent Mozilla/4.0 (compatible)'],
    ['cookie', 'SESSID=deadbeef', 'cookie SESSID=deadbeef'],
    ['http-method', '"post"', 'http-method POST'],
    ['http-method', 'P ST', 'invalid-method'],
    ['regkey', 'HKEY_LOCAL_MACHINE\\Software\\Evil\\', 'regkey HKLM\\Software\\Evil'],
    ['regkey', 'hkey_current_user\\Software', 'regkey HKCU\\Software'],
    ['regkey', 'Software\\Evil', 'regkey Software\\Evil'],
    ['regkey', 'hklm\\Software\\Evil', 'regkey HKLM\\Software\\Evil'],
    ['regkey', 'HKCU:\\Software\\Evil', 'regkey HKCU\\Software\\Evil'],
    ['regkey', 'Computer\\HKEY_CLASSES_ROOT\\.evil', 'regkey HKCR\\.evil'],
    ['regkey', '\\REGISTRY\\MACHINE\\SOFTWARE\\Evil', 'regkey HKLM\\SOFTWARE\\Evil'],
    ['regkey', '\\Registry\\User\\S-1-5-18\\Evil', 'regkey HKU\\S-1-5-18\\Evil'],
    ['regkey', '\\REGISTRY\\A\\{x}\\Evil', 'regkey \\REGISTRY\\A\\{x}\\Evil'],
    ['regkey', 'HKLMx\\Evil', 'regkey HKLMx\\Evil'],
    ['regkey', 'HKLM\\SYSTEM\\ControlSet001\\Evil', 'regkey HKLM\\System\\CurrentControlSet\\Evil'],
    ['regkey', 'HKLM\\SYSTEM\\currentcontrolset\\Evil', 'regkey HKLM\\System\\CurrentControlSet\\Evil'],
    ['regkey', 'HKLM\\SYSTEM\\ControlSet0011\\Evil', 'regkey HKLM\\SYSTEM\\ControlSet0011\\Evil'],
    ['regkey|value', 'hklm\\system\\ControlSet002\\a|b', 'regkey HKLM\\System\\CurrentControlSet\\a|b'],
    ['regkey|value', 'HKLM\\Software\\Run | evil.exe', 'regkey HKLM\\Software\\Run|evil.exe'],
    ['regkey|value', 'HKLM\\Software\\Run', 'invalid-composite'],
    ['mutex', 'Global\\Evil', 'mutex Global\\Evil'],
    ['named pipe', '\\\\.\\pipe\\evil', 'named-pipe evil'],
    ['named pipe', '\\evil', 'named-pipe evil'],
    ['named pipe', '\\Device\\NamedPipe\\evil', 'named-pipe evil'],
    ['named pipe', '\\??\\pipe\\evil', 'named-pipe evil'],
    ['named pipe', '\\Device\\evil', 'named-pipe Device\\evil'],
    ['named pipe', '\\\\.\\pipe\\', 'invalid-pipe'],
    ['windows-service-name', 'EvilSvc', 'service-name EvilSvc'],
    ['pattern-in-traffic', 'GET /evil', 'pattern-in-traffic GET /evil'],
    ['snort', 'alert tcp any any -> any any (sid:1;)', 'rule-snort alert tcp any any -> any any (sid:1;)'],
    ['yara', 'rule a {\r\n\tcondition: true\r\n}', 'rule-yara rule a {\n\tcondition: true\n}'],
    ['sigma', 'title: a\0', 'control-character'],
    ['bro', 'signature x {}', 'rule-zeek signature x {}'],
  ])('%s %j gives %s', (type, value, expected) => {
    expect(spell(read(type, value))).toBe(expected);
  });

  it.each(['link', 'comment', 'text', 'AS', 'btc', 'target-email', 'ssdeep', '', 'constructor', '__proto__'])(
    'makes nothing of type %j',
    (type) => {
      expect(read(type, 'x')).toBeUndefined();
    },
  );
});

describe('any value', () => {
  const seed = fc.constantFrom(
    'http://evil.example/a?b',
    'hxxp://e[.]x/',
    '192.0.2.1|80',
    '[2001:db8::1]:80',
    'a@evil.example',
    '*.bücher.example',
    'HKEY_USERS\\a\\|b',
    'Computer\\hklm:\\SYSTEM\\ControlSet001\\a',
    '\\REGISTRY\\MACHINE\\a',
    '\\\\.\\pipe\\a',
    `a|${MD5}`,
    '10.1.2.3/8',
  );
  const insert = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc.constantFrom('.', '[.]', '|', ':', '/', '@', ' ', '\\', '*', '%', '#', '"', '<', '-', '\u200b', 'ü'),
  );
  const spoilt = fc
    .tuple(seed, fc.nat(30), fc.nat(3), insert)
    .map(([text, at, cut, piece]) => (text.slice(0, at) + piece + text.slice(at + cut)).trim());

  it('is read as values that read as themselves', () => {
    fc.assert(
      fc.property(spoilt, (text) => {
        for (const reading of READERS.map((reader) => reader(text))) {
          for (const { kind, value } of isFault(reading) ? [] : reading) {
            expect(candidatesOf(value)).toContainEqual({ kind, value });
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes no more than linear time, however hostile it is', () => {
    const pieces = [
      ' ',
      '.',
      '1.',
      'a.',
      '[.]',
      ' dot ',
      ':',
      '::',
      '|',
      '\\',
      '/',
      '<',
      '"',
      '@',
      '*.',
      '\u200b',
      'port ',
    ];
    const started = performance.now();
    for (const piece of pieces) {
      for (const reader of READERS) reader(`http${piece.repeat(16_384)}$`);
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
