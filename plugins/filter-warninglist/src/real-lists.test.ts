import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { IndicatorKind } from '@misp-pipeline/core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Warninglist } from './list-file.ts';
import { loadLists } from './load-lists.ts';
import { Matcher } from './matcher.ts';
import { groupOf, Policy } from './policy.ts';
import { verdictOf } from './verdict.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const folder = `${data}/warninglists`;

describe.skipIf(!existsSync(folder))('the lists of MISP/misp-warninglists (needs the data folder)', () => {
  let lists: readonly Warninglist[];
  let matcher: Matcher;
  let policy: Policy;

  beforeAll(() => {
    lists = loadLists({ stage: 'test', paths: [folder], only: ['*'], except: [], named: [] });
    matcher = new Matcher(lists);
    policy = new Policy(lists);
  });

  /** What becomes of a value, and of which list it is dropped. */
  function fate(kind: IndicatorKind, value: string): string {
    const { drop, tags, isSharedHost } = verdictOf(matcher.find({ kind, value }), policy);
    if (drop !== undefined) return `dropped by ${lists[drop.list]?.slug}`;
    if (tags.length > 0) return 'tagged';
    return isSharedHost ? 'kept for its path' : 'kept';
  }

  it('can all be used', () => {
    expect(lists.length).toBeGreaterThan(100);
    const entries = lists.reduce((sum, list) => sum + list.entries.length, 0);
    expect(matcher.unusable.length).toBeLessThan(entries / 10_000);
  });

  it('all belong to a group', () => {
    expect(lists.filter(({ slug }) => groupOf(slug) === 'other').map(({ slug }) => slug)).toEqual([]);
  });

  it.each([
    ['domain', 'google.com', 'dropped by alexa'],
    ['domain', 'pages.dev', expect.stringContaining('dropped by')],
    ['domain', 'duckdns.org', expect.stringContaining('dropped by')],
    ['domain', 'github.io', expect.stringContaining('dropped by')],
    ['domain', 'co.uk', 'dropped by second-level-tlds'],
    ['domain', 'evil.weebly.com', 'kept'],
    ['domain', 'evil.duckdns.org', 'kept'],
    ['domain', 'evil.github.io', 'kept'],
    ['domain', 'ocsp.digicert.com', expect.stringContaining('dropped by')],
    ['ipv4', '8.8.8.8', 'dropped by public-dns-v4'],
    ['ipv4', '192.168.1.1', 'dropped by rfc1918'],
    ['ipv4', '224.0.0.251', expect.stringContaining('dropped by')],
    ['cidr', '0.0.0.0/0', expect.stringContaining('dropped by')],
    ['ipv6', 'fe80::1', 'dropped by ipv6-linklocal'],
    ['ipv6', '2001:4860:4860::8888', 'dropped by public-dns-v6'],
    ['ipv4', '104.16.1.1', 'dropped by cloudflare'],
    ['ipv4', '18.220.21.112', 'kept'],
    ['url', 'http://192.168.1.1/evil', expect.stringContaining('dropped by')],
    ['url', 'https://github.com/evil/tool', 'kept for its path'],
    ['url', 'https://docs.google.com/forms/evil', 'kept for its path'],
    ['url', 'https://evil.pages.dev/login', 'kept'],
    ['url', 'https://bit.ly/3yt4BF6', 'kept for its path'],
    ['md5', 'd41d8cd98f00b204e9800998ecf8427e', expect.stringContaining('dropped by')],
    [
      'sha256',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      expect.stringContaining('dropped by'),
    ],
    ['email-src', 'abuse@evil.example', 'tagged'],
    ['email-src', 'someone@mailinator.com', 'tagged'],
  ] as const)('decide on %s %s', (kind, value, expected) => {
    expect(fate(kind, value)).toEqual(expected);
  });
});
