import { describe, expect, it } from 'vitest';
import { candidatesOf } from './candidates.ts';

function spelled(text: string): string[] {
  return candidatesOf(text).map(({ kind, value }) => `${kind}:${value}`);
}

describe('candidatesOf', () => {
  it.each([
    ['192[.]0[.]2[.]1', ['ipv4:192.0.2.1', 'url:http://192.0.2.1/']],
    ['2001:DB8::1', ['ipv6:2001:db8::1']],
    ['10.1.2.3/8', ['cidr:10.0.0.0/8']],
    ['EVIL(.)example', ['domain:evil.example', 'hostname:evil.example']],
    ['evil.exe', ['domain:evil.exe', 'filename:evil.exe', 'process-name:evil.exe']],
    ['hxxps://evil[.]example/a', ['url:https://evil.example/a']],
    ['evil.example/a', ['url:http://evil.example/a', 'url:https://evil.example/a']],
    ['/gate.php', ['uri:/gate.php']],
    ['evil.example|192.0.2.1', ['domain:evil.example', 'ipv4:192.0.2.1']],
    ['a@evil.example', ['email:a@evil.example', 'email-src:a@evil.example', 'email-dst:a@evil.example']],
    ['A'.repeat(32), ['md5', 'imphash', 'ja3', 'hassh', 'x509-md5'].map((kind) => `${kind}:${'a'.repeat(32)}`)],
    ['A'.repeat(40), ['sha1', 'x509-sha1'].map((kind) => `${kind}:${'a'.repeat(40)}`)],
    ['HKEY_LOCAL_MACHINE\\a', ['regkey:HKLM\\a']],
    [' Mozilla/4.0 (compatible) ', ['user-agent:Mozilla/4.0 (compatible)']],
  ])('finds in %j what it can mean', (text, expected) => {
    expect(spelled(text)).toEqual(expect.arrayContaining(expected));
  });

  it('does not take an address for a name or a mail address for a URL', () => {
    expect(spelled('192.0.2.1').filter((candidate) => candidate.startsWith('domain:'))).toEqual([]);
    expect(spelled('a@evil.example').filter((candidate) => candidate.startsWith('url:'))).toEqual([]);
  });

  it('names each candidate once', () => {
    const candidates = spelled('evil.example:8080');
    expect(new Set(candidates).size).toBe(candidates.length);
  });

  it('finds nothing in nothing', () => {
    expect(candidatesOf('  ')).toEqual([]);
  });
});
