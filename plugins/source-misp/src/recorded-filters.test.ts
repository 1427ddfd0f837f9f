import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LocalFilter } from './local-filter.ts';
import { mispOptions } from './options.ts';
import { attributeSearch } from './searches.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const recordings = join(data, 'misp-recordings/recordings');

interface Row {
  readonly id: string;
}

interface Recorded {
  readonly search: Readonly<Record<string, unknown>>;
  readonly rows: readonly Row[];
  /** When the server answered. */
  readonly at: Date;
}

function recorded(name: string): Recorded {
  const { request, response } = JSON.parse(readFileSync(join(recordings, `${name}.json`), 'utf8'));
  return {
    search: request.body,
    rows: JSON.parse(response.body).response.Attribute,
    at: new Date(response.headers.Date),
  };
}

/** All attributes that are marked and published, with their context. */
function everything(): readonly Row[] {
  const pages = readdirSync(recordings).filter((name) => name.startsWith('page50-full-p'));
  return pages.sort().flatMap((name) => recorded(name.replace('.json', '')).rows);
}

const DAY = 86_400_000;
const daysSince = (from: string, to: Date) => `${Math.ceil((to.getTime() - Date.parse(from)) / DAY)}d`;

describe.skipIf(!existsSync(recordings))('filters against recorded answers (needs the data folder)', () => {
  it.each<[name: string, options: Record<string, unknown> | ((at: Date) => Record<string, unknown>)]>([
    ['attr-tags-or', { tags: ['tlp:green', 'tlp:clear'] }],
    ['attr-tags-and', { allTags: ['tlp:green', 'type:OSINT'] }],
    ['attr-tags-not-red', { notTags: ['tlp:red'] }],
    ['attr-tags-or-not', { tags: ['tlp:green', 'tlp:amber'], notTags: ['tlp:red', 'tlp:amber+strict'] }],
    ['attr-tags-wild', { tags: ['tlp:%'] }],
    ['attr-tags-galaxy', { tags: ['misp-galaxy:mitre-attack-pattern=%'] }],
    ['attr-tags-upper', { tags: ['TLP:AMBER'] }],
    ['attr-tags-nosuch', { tags: ['no-such-tag'] }],
    ['attr-tags-not-nosuch', { notTags: ['no-such-tag'] }],
    ['attr-org-list', { org: ['Beta Bank SOC', 'Remote Community Org'] }],
    ['attr-threat-level', { threatLevels: ['high'] }],
    ['attr-object-relation', { objectRelations: ['filename'] }],
    ['attr-eventid-list', { events: ['5', '6', '7'] }],
    ['attr-from-to', { from: '2018-01-01', to: '2019-12-31' }],
    ['attr-date-since', { from: '2026-11-01' }],
    ['attr-attribute-timestamp', { changed: '30d' }],
    ['attr-timestamp-1d', { changed: '1d' }],
    ['attr-event-timestamp', { eventChanged: '5d' }],
    ['attr-last-12h', { last: '12h' }],
    ['attr-last-1d', { last: '1d' }],
    ['attr-last-7d', { last: '7d' }],
    ['attr-publish-timestamp', { last: '2d' }],
    ['attr-first-seen', (at) => ({ firstSeen: daysSince('2018-01-01', at) })],
  ])('judges as the server did in `%s`', (name, given) => {
    const { rows, at } = recorded(name);
    const options = mispOptions.parse({
      url: 'https://misp.example.org',
      key: 'k',
      ...(typeof given === 'function' ? given(at) : given),
    });
    const filter = new LocalFilter(options, at);
    const kept = everything().filter((row) => filter.whySkipped(row) === undefined);
    const answered = new Set(rows.map(({ id }) => id));
    const expected = everything().filter(({ id }) => answered.has(id));
    expect(kept.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });

  it.each<[name: string, options: Record<string, unknown>]>([
    ['attr-category', { categories: ['Payload delivery'] }],
    ['attr-org-name', { org: 'CERT Alpha' }],
    ['attr-org-not', { notOrg: 'CERT Alpha' }],
    ['attr-eventinfo', { eventInfo: '%Phishing%' }],
  ])('keeps what the server answered in `%s`, which was cut short', (name, given) => {
    const { rows, at } = recorded(name);
    const filter = new LocalFilter(mispOptions.parse({ url: 'https://misp.example.org', key: 'k', ...given }), at);
    const answered = new Set(rows.map(({ id }) => id));
    const known = everything().filter(({ id }) => answered.has(id));
    expect(known.length).toBeGreaterThan(0);
    expect(known.filter((row) => filter.whySkipped(row) !== undefined)).toEqual([]);
  });

  it.each<[name: string, keys: readonly string[], options: Record<string, unknown>]>([
    ['attr-tags-or-not', ['tags'], { tags: ['tlp:green', 'tlp:amber'], notTags: ['tlp:red', 'tlp:amber+strict'] }],
    ['attr-tags-and', ['tags'], { allTags: ['tlp:green', 'type:OSINT'] }],
    ['attr-org-list', ['org'], { org: ['Beta Bank SOC', 'Remote Community Org'] }],
    ['attr-from-to', ['from', 'to'], { from: '2018-01-01', to: '2019-12-31' }],
    ['attr-enforce-wl-1', ['enforceWarninglist'], { enforceWarninglist: true }],
    ['attr-decay-excl', ['includeDecayScore', 'excludeDecayed'], { excludeDecayed: true }],
    ['page40-p01', ['to_ids', 'published'], {}],
  ])('asks in the form that the server understood in `%s`', (name, keys, given) => {
    const { search, at } = recorded(name);
    const body = attributeSearch(mispOptions.parse({ url: 'https://misp.example.org', key: 'k', ...given }), at);
    for (const key of keys) expect(body[key]).toEqual(search[key]);
  });
});
