import type { IndicatorKind } from '@misp-pipeline/core';
import { describe, expect, it } from 'vitest';
import type { Match } from './hit.ts';
import { type ListType, parseList } from './list-file.ts';
import { Matcher } from './matcher.ts';

const aList = (type: ListType, list: readonly string[], types?: readonly string[]) =>
  parseList('a-list', JSON.stringify({ name: 'A list', type, list, matching_attributes: types }));

/** How a value matches one list, as `match entry`. */
function ways(type: ListType, entries: readonly string[], kind: IndicatorKind, value: string, types?: string[]) {
  return new Matcher([aList(type, entries, types)])
    .find({ kind, value })
    .map(({ match, entry }) => `${match} ${entry}`);
}

type Row = readonly [entry: string, kind: IndicatorKind, value: string, match: Match | undefined];

/** Rows in which MISP itself hits come first; the others are those where it misses what it should hit. */
const HOSTNAME: readonly Row[] = [
  ['google.com', 'domain', 'google.com', 'exact'],
  ['google.com', 'hostname', 'www.google.com', 'parent-domain'],
  ['.bmw.de', 'domain', 'bmw.de', 'exact'],
  ['.bmw.de', 'domain', 'www.bmw.de', 'parent-domain'],
  ['google.com', 'domain', 'notgoogle.com', undefined],
  ['google.com', 'domain', 'google.com.evil.net', undefined],
  ['google.com', 'url', 'https://www.google.com/x', 'host'],
  ['GOOGLE.com', 'domain', 'google.com', 'exact'],
  ['google.com', 'url', 'https://www.google.com:8443/x', 'host'],
  ['google.com', 'url', 'https://google.com/?x=1', 'host'],
  ['google.com', 'url', 'https://google.com/', 'exact'],
  ['google.com', 'url', 'http://www.google.com:8080/', 'parent-domain'],
  ['google.com', 'url', 'http://www.google.com/x?y=http://evil', 'host'],
  ['google.com', 'url', 'http://evil.net/google.com', undefined],
  ['google.com', 'url', 'http://evil.net/?u=http://google.com/', undefined],
  ['google.com', 'email-src', 'x@google.com', 'host'],
  ['google.com', 'email-src', 'x@mail.google.com', 'host'],
  ['google.com', 'filename', 'www.google.com', undefined],
  ['corona', 'domain', 'new.corona', undefined],
  ['192.0.2.1', 'url', 'http://192.0.2.1/x', 'host'],
  ['192.0.2.1', 'ipv4', '192.0.2.1', 'exact'],
  ['.barclays', 'domain', 'home.barclays', 'parent-domain'],
];

const STRING: readonly Row[] = [
  ['google.com', 'domain', 'google.com', 'exact'],
  ['google.com', 'domain', 'www.google.com', undefined],
  ['.google.ad', 'domain', 'google.ad', 'exact'],
  ['.google.ad', 'domain', 'maps.google.ad', 'parent-domain'],
  ['google.com', 'url', 'http://google.com/x', 'host'],
  ['google.com', 'url', 'http://google.com/', 'exact'],
  ['http://google.com/x', 'url', 'http://google.com/x', 'exact'],
  ['http://google.com/x', 'url', 'http://google.com/y', undefined],
  ['D41D8CD98F00B204E9800998ECF8427E', 'md5', 'd41d8cd98f00b204e9800998ecf8427e', 'exact'],
  ['192.0.2.1', 'ipv4', '192.0.2.1', 'exact'],
  ['2001:DB8::0:1', 'ipv6', '2001:db8::1', 'exact'],
  ['192.0.2.1', 'url', 'http://192.0.2.1/', 'exact'],
  ['192.0.2.1', 'url', 'https://192.0.2.1:8443/x', 'host'],
  ['2001:DB8::0:1', 'url', 'http://[2001:db8::1]/x', 'host'],
  ['2.1', 'url', 'http://192.0.2.1/x', undefined],
  ['Setup.EXE', 'filename', 'Setup.EXE', 'exact'],
  ['Setup.EXE', 'filename', 'Setup.EXE.exe', undefined],
  ['Global.Mutex', 'mutex', 'Global.Mutex', 'exact'],
  ['443', 'filename', '443', 'exact'],
];

const CIDR: readonly Row[] = [
  ['10.0.0.0/8', 'ipv4', '10.1.2.3', 'inside-range'],
  ['10.0.0.0/8', 'cidr', '10.1.0.0/16', 'inside-range'],
  ['10.0.0.0/8', 'cidr', '10.0.0.0/8', 'exact'],
  ['10.0.0.0/8', 'cidr', '10.0.0.0/7', 'contains-range'],
  ['10.0.0.0/8', 'cidr', '0.0.0.0/0', 'contains-range'],
  ['10.0.0.0/8', 'ipv4', '11.0.0.0', undefined],
  ['10.1.2.3/8', 'ipv4', '10.200.0.1', 'inside-range'],
  ['1.1.1.1', 'ipv4', '1.1.1.1', 'exact'],
  ['1.1.1.1', 'url', 'http://1.1.1.1/', 'exact'],
  ['1.1.1.1', 'url', 'http://1.1.1.1:8080/x', 'host'],
  ['10.0.0.0/8', 'url', 'http://10.1.2.3/x', 'host'],
  ['::ffff:10.0.0.0/104', 'ipv4', '10.0.0.1', 'inside-range'],
  ['2001:db8::/32', 'ipv6', '2001:db8::53', 'inside-range'],
  ['2001:db8::/32', 'url', 'http://[2001:db8::53]/x', 'host'],
  ['2001:db8::/32', 'cidr', '2001:db8:1::/40', 'inside-range'],
  ['2001:db8:1::/48', 'cidr', '2001:db8::/40', 'contains-range'],
  ['::/0', 'ipv4', '192.0.2.1', undefined],
  ['10.0.0.0/8', 'domain', '10.example', undefined],
];

const SUBSTRING: readonly Row[] = [
  ['mcafee.com', 'domain', 'howtoactivatemcafee.com', 'substring'],
  ['mcafee.com', 'domain', 'mcafee.com', 'exact'],
  ['mcafee.com', 'domain', 'www.mcafee.com', 'parent-domain'],
  ['mcafee.com', 'url', 'http://www.mcafee.com/x', 'host'],
  ['mcafee.com', 'url', 'http://evil.net/?u=McAfee.com', 'substring'],
  ['McAfee.com', 'domain', 'www.mcafee.com', 'parent-domain'],
  ['mailinator.com', 'email-dst', 'x@mailinator.com', 'host'],
  ['52.168.52.134', 'ipv4', '52.168.52.134', 'exact'],
  ['52.168.52.134', 'url', 'http://52.168.52.134/x', 'host'],
  ['168.52.134', 'url', 'http://52.168.52.134/x', 'substring'],
  ['77', 'domain', '1777.example', undefined],
];

const REGEX: readonly Row[] = [
  ['/^(security|abuse)\\@.*\\..*$/i', 'email-src', 'Abuse@example.org', 'regex'],
  ['/^(security|abuse)\\@.*\\..*$/i', 'email-src', 'bob@example.org', undefined],
  ['/555[0-9]/g', 'filename', 'a5550.txt', 'regex'],
];

describe.each([
  ['string', STRING],
  ['hostname', HOSTNAME],
  ['cidr', CIDR],
  ['substring', SUBSTRING],
  ['regex', REGEX],
] as const)('a %s list', (type, rows) => {
  it.each(rows)('with %s and %s %s: %s', (entry, kind, value, match) => {
    expect(ways(type, [entry], kind, value).map((way) => way.split(' ')[0])).toEqual(
      match === undefined ? [] : [match],
    );
  });
});

describe('the matcher', () => {
  it('compares only kinds that the list is about, and what is inside a URL with them', () => {
    const domains = ['domain', 'hostname'];
    expect(ways('hostname', ['google.com'], 'email-src', 'x@google.com', domains)).toEqual([]);
    expect(ways('hostname', ['google.com'], 'url', 'http://google.com/x', domains)).toEqual(['host google.com']);
    expect(ways('cidr', ['10.0.0.0/8'], 'url', 'http://10.0.0.1/x', ['ip-src'])).toEqual(['host 10.0.0.0/8']);
    expect(
      ways('string', ['d41d8cd98f00b204e9800998ecf8427e'], 'ja3', 'd41d8cd98f00b204e9800998ecf8427e', ['md5']),
    ).toEqual([]);
  });

  it('names every entry of every list that a value matches', () => {
    const matcher = new Matcher([
      aList('cidr', ['10.0.0.0/8', '10.1.0.0/16']),
      aList('hostname', ['b.example']),
      aList('cidr', ['10.1.2.3']),
    ]);
    const hits = matcher.find({ kind: 'ipv4', value: '10.1.2.3' });
    expect(hits.map(({ list, match, entry }) => [list, match, entry])).toEqual([
      [2, 'exact', '10.1.2.3'],
      [0, 'inside-range', '10.1.0.0/16'],
      [0, 'inside-range', '10.0.0.0/8'],
    ]);
  });

  it('lists the entries that never match, with the reason', () => {
    const matcher = new Matcher([
      aList('cidr', ['10.0.0.0/8', 'ten']),
      aList('hostname', ['corona']),
      aList('substring', ['77']),
      aList('regex', ['/a(?=b)/']),
    ]);
    expect(matcher.unusable.map(({ entry, why }) => `${entry} ${why}`)).toEqual([
      'ten is no address or network',
      'corona is no host name',
      '77 is shorter than 4 characters',
      expect.stringMatching(/^\/a\(\?=b\)\/ .*unsupported/),
    ]);
  });
});
