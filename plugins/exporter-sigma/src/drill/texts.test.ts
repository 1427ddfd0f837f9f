import { anIndicator } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { addressTexts, changed, hostTexts, pathTexts } from './texts.ts';

describe('near misses', () => {
  it('of a domain are look-alikes, none of them below it', () => {
    const { hits, misses } = hostTexts(anIndicator('domain', 'evil.example'));
    expect(hits).toContain('www.evil.example');
    expect(misses).toEqual(['notevil.example', 'evil.example.invalid', 'evil.exampl', 'evib.example']);
  });

  it.each([
    ['ipv4', '198.51.100.0', ['198.51.100.0'], ['198.51.99.255', '198.51.100.1']],
    ['ipv4', '255.255.255.255', ['255.255.255.255'], ['255.255.255.254']],
    ['cidr', '198.51.100.0/25', ['198.51.100.0', '198.51.100.127'], ['198.51.99.255', '198.51.100.128']],
    ['ipv6', '2001:db8::', ['2001:db8::'], ['2001:db7:ffff:ffff:ffff:ffff:ffff:ffff', '2001:db8::1']],
    [
      'cidr',
      '2001:db8:5::/48',
      ['2001:db8:5::', '2001:db8:5:ffff:ffff:ffff:ffff:ffff'],
      ['2001:db8:4:ffff:ffff:ffff:ffff:ffff', '2001:db8:6::'],
    ],
  ] as const)('of %s %s are its neighbours', (kind, value, hits, misses) => {
    expect(addressTexts(anIndicator(kind, value))).toEqual({ hits, misses });
  });

  it('of an IPv6 address go with both spellings where Sysmon logs it', () => {
    const { hits } = addressTexts(anIndicator('ipv6', '2001:db8::7'), 'windows');
    expect(hits).toEqual(['2001:db8::7', '2001:db8:0:0:0:0:0:7']);
  });

  it('of a file are siblings, longer names and what is below it', () => {
    expect(pathTexts('a.exe', 'windows')).toEqual({
      hits: ['C:\\Users\\probe\\a.exe'],
      misses: [
        'C:\\Users\\probe\\a.exex',
        'C:\\Users\\probe\\xa.exe',
        'C:\\Users\\probe\\a.exe\\x',
        'C:\\Users\\probe\\a.exb',
      ],
    });
    expect(pathTexts('~/.x/a', 'linux').hits).toEqual(['/home/probe/.x/a']);
  });

  it.each([
    ['abc', 'abb'],
    ['abb', 'abc'],
    ['a10', 'a11'],
    ['AB(*)', 'Ac(*)'],
    ['***', '***'],
  ])('changes one letter or digit of `%s`', (value, wanted) => {
    expect(changed(value)).toBe(wanted);
  });
});
