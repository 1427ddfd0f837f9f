import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectValue } from './detect.ts';

const typeOf = (text: string, inProse = false) => detectValue(text, { inProse })?.type;

describe('detecting what a value is', () => {
  it.each([
    ['d41d8cd98f00b204e9800998ecf8427e', 'md5'],
    ['DA39A3EE5E6B4B0D3255BFEF95601890AFD80709', 'sha1'],
    ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'sha256'],
    ['http://evil.example/a', 'url'],
    ['hxxp://evil[.]example[.]com/a', 'url'],
    ['hxxps[:]//evil.com', 'url'],
    ['http://evil.example:8080', 'url'],
    ['ftp://evil[.]example/site', 'url'],
    ['http://[2001:db8::1]/x', 'url'],
    ['192.0.2.1', 'ip-dst'],
    ['192.0.2[.]1', 'ip-dst'],
    ['192.0.2.0/24', 'ip-dst'],
    ['2001:db8::1', 'ip-dst'],
    ['2001:db8:400:d1:0:1:6f4c[:]a001', 'ip-dst'],
    ['2001:db8:400:d1:0:1:6f4c:[e]001', 'ip-dst'],
    ['192.0.2.1:80', 'ip-dst|port'],
    ['[2001:db8::1]:443', 'ip-dst|port'],
    ['evil.example:8080', 'hostname|port'],
    ['evil[.]example', 'domain'],
    ['evil(.)example', 'domain'],
    ['*.wild.example', 'domain'],
    ['www.evil.example', 'hostname'],
    ['bücher.de', 'domain'],
    ['payload.zip', 'domain'],
    ['beer.pub', 'domain'],
    ['user[at]evil.example', 'email'],
    ['user@evil.example', 'email'],
    ['evil.example/path', 'url'],
    ['evil.example/@user/', 'url'],
    ['192.0.2.1/bins/x', 'url'],
    ['evil.example:80:/path', 'url'],
  ])('reads `%s` as %s', (text, type) => {
    expect(typeOf(text)).toBe(type);
  });

  it.each([
    ...['', 'a', 'word', 'e.g', 'N/A', '2026-11-24', '12:30:00', '1.11.4', 'v1.2', '3,141592653589793', '192.0.2.1/99'],
    ...['setup.exe', 'index.php', 'JS/GitBot.B', 'Win32/Agent.ABRV.gen', 'C:\\Users\\x.dll', 'HKLM\\Software\\x', '::'],
    ...[
      'Face::Bad',
      'http://localhost/x',
      'http://',
      'CVE-2024-12345',
      '0x999941b74F6bbc921D5174A5b29911562cd2D7CF',
      '/tmp/x',
    ],
    ...['mailto:', 'evil.local', '@evil', `${'a'.repeat(5000)}.example`],
  ])('sees no value in `%s`', (text) => {
    expect(typeOf(text)).toBeUndefined();
  });

  it.each(['run.sh', 'rev.py', 'Licatrade.app/Contents/x', 'com.apple.update.agent'])(
    'takes `%s` for a host in a list, not among words',
    (text) => {
      expect([typeOf(text), typeOf(text, true)]).toEqual([expect.any(String), undefined]);
    },
  );

  it('puts the port where URLs have it', () => {
    expect(detectValue('evil.example:80:/path', { inProse: true })?.value).toBe('evil.example:80/path');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, inProse) => {
        detectValue(text, { inProse });
      }),
    );
  });
});
