import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Indicator } from '@misp-pipeline/core';
import { anIndicator, applyFilter, deepFreeze, testServices } from '@misp-pipeline/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { options } from './options.ts';
import { WarninglistFilter } from './warninglist-filter.ts';

const LISTS = {
  alexa: { name: 'Top sites', type: 'hostname', list: ['google.com', 'pages.dev'] },
  'cloudflare-top1m': { name: 'Many sites', type: 'string', list: ['google.com', 'many-victims.example'] },
  'lots-project': { name: 'Hosters', type: 'hostname', list: ['.pages.dev'] },
  rfc1918: { name: 'Private networks', type: 'cidr', list: ['10.0.0.0/8'] },
  sinkholes: { name: 'Sinkholes', type: 'cidr', list: ['192.0.2.1'] },
};

const folder = mkdtempSync(join(tmpdir(), 'warninglists-'));
for (const [slug, list] of Object.entries(LISTS)) writeFileSync(join(folder, `${slug}.json`), JSON.stringify(list));

const filter = (given: object = {}) => new WarninglistFilter(options.parse({ path: folder, ...given }), testServices());

/** What becomes of one indicator. */
async function outcome(indicator: Indicator, given: object = {}) {
  const { kept, dropped } = await applyFilter(filter(given), [indicator]);
  return { kept: kept[0], dropped: dropped[0] };
}

describe('the warninglist filter', () => {
  it('names the list, the entry and the way of the match when it drops', async () => {
    expect((await outcome(anIndicator('domain', 'google.com'))).dropped).toMatchObject({
      reason: 'warninglist:alexa',
      detail: 'exact: entry `google.com` of "Top sites"',
    });
    expect((await outcome(anIndicator('ipv4', '10.1.2.3'))).dropped).toMatchObject({
      reason: 'warninglist:rfc1918',
      detail: 'inside-range: entry `10.0.0.0/8` of "Private networks"',
    });
  });

  it('passes on what lives under a popular host', async () => {
    const indicator = anIndicator('domain', 'evil.pages.dev');
    expect((await outcome(indicator)).kept).toBe(indicator);
  });

  it('marks a URL on a shared host, so that nobody makes a detection of its host alone', async () => {
    const url = anIndicator('url', 'https://docs.google.com/evil');
    expect((await outcome(url)).kept).toEqual({ ...url, sharedHost: true });
  });

  it('does not mark a URL on the host of one tenant', async () => {
    const url = anIndicator('url', 'https://evil.pages.dev/login');
    expect((await outcome(url)).kept).toBe(url);
  });

  it('drops a URL that is nothing but a popular host', async () => {
    expect((await outcome(anIndicator('url', 'https://google.com/'))).dropped?.reason).toBe('warninglist:alexa');
  });

  it('tags a copy, sorted among the other tags, and leaves the indicator alone', async () => {
    const indicator = deepFreeze(anIndicator('domain', 'many-victims.example', { tags: ['a:tag', 'z:tag'] }));
    const { kept } = await outcome(indicator);
    expect(kept).toEqual({ ...indicator, tags: ['a:tag', 'warninglist:cloudflare-top1m', 'z:tag'] });
  });

  it('follows the policy of the config', async () => {
    const policy = { lists: { alexa: { host: 'drop' } } };
    const { dropped } = await outcome(anIndicator('url', 'https://docs.google.com/evil'), { policy });
    expect(dropped?.detail).toBe('host: entry `google.com` of "Top sites"');
  });

  it('returns the very batch when no indicator is touched', async () => {
    const lists = filter();
    await lists.open(new AbortController().signal);
    const batch = [anIndicator('domain', 'bad.example'), anIndicator('md5', 'd'.repeat(32))];
    expect(lists.apply(batch, () => {})).toBe(batch);
  });

  it('refuses to start when the config names a list that is not there', async () => {
    const { signal } = new AbortController();
    const unknown = filter({ policy: { lists: { alexia: 'drop' } } });
    await expect(unknown.open(signal)).rejects.toThrow('no list is named `alexia`');
    await expect(filter({ except: ['tranco'] }).open(signal)).rejects.toThrow('no list is named `tranco`');
  });

  it('passes on or drops each indicator once, in order, however the batches are cut', async () => {
    const pool = [
      anIndicator('domain', 'google.com'),
      anIndicator('domain', 'evil.pages.dev'),
      anIndicator('domain', 'many-victims.example'),
      anIndicator('url', 'http://google.com/x'),
      anIndicator('ipv4', '10.1.2.3'),
      anIndicator('ipv4', '192.0.2.1'),
      anIndicator('cidr', '0.0.0.0/0'),
      anIndicator('md5', 'd'.repeat(32)),
    ].map((indicator) => deepFreeze(indicator));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...pool)), fc.nat(20), async (indicators, cut) => {
        const whole = await applyFilter(filter(), indicators);
        const parts = await applyFilter(filter(), indicators.slice(0, cut), indicators.slice(cut));
        expect(parts).toEqual(whole);
        expect(whole.kept.length + whole.dropped.length).toBe(indicators.length);
        const order = indicators.map(({ value }) => value);
        const dropped = new Set(whole.dropped.map(({ indicator }) => indicator.value));
        expect(whole.kept.map(({ value }) => value)).toEqual(order.filter((value) => !dropped.has(value)));
      }),
      { numRuns: 30 },
    );
  });
});

describe('the options of the warninglist filter', () => {
  const accepts = (given: object) => options.safeParse({ path: 'lists', ...given }).success;

  it('take one path or several', () => {
    expect(options.safeParse({ path: ['a', 'b'] }).success).toBe(true);
    expect(options.safeParse({ path: [] }).success).toBe(false);
  });

  it('want one origin of the lists', () => {
    const faultOf = (given: object) => options.safeParse(given).error?.issues[0]?.message;
    const server = { url: 'https://misp.example.org', key: 'x' };
    expect(faultOf({})).toBe('name the lists: in `path` (files), or in `server` (a MISP server that has them)');
    expect(faultOf({ path: 'lists', server })).toBe(
      '`path` and `server` are two origins of the lists; keep one of them',
    );
    expect(options.parse({ server }).server).toMatchObject({
      enabledOnly: true,
      maxAge: 12 * 3_600_000,
      verifyTls: true,
    });
    expect(options.parse({ server: { ...server, maxAge: '7d' } }).server?.maxAge).toBe(7 * 86_400_000);
    expect(faultOf({ server: { ...server, maxAge: '2w' } })).toContain('write a number and one of d, h, m or s');
  });

  it('know groups, matches and actions', () => {
    expect(accepts({ policy: { groups: { popular: { exact: 'tag' } }, lists: { alexa: 'special' } } })).toBe(true);
    expect(accepts({ policy: { groups: { populer: 'tag' } } })).toBe(false);
    expect(accepts({ policy: { groups: { popular: { exactly: 'tag' } } } })).toBe(false);
    expect(accepts({ policy: { groups: { popular: { exact: 'block' } } } })).toBe(false);
    expect(accepts({ policy: { lists: { alexa: 'block' } } })).toBe(false);
  });
});
