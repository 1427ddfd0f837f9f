import { describe, expect, it } from 'vitest';
import { mispOptions } from './options.ts';
import { attributeSearch, eventSearch } from './searches.ts';

const now = new Date('2026-11-24T00:00:00.900Z');
const bodyOf = (options: Record<string, unknown> = {}) =>
  attributeSearch(mispOptions.parse({ url: 'https://misp.example.org', key: 'k', ...options }), now);

/** Parameters that MISP's searches know; others are dropped without a word. */
const KNOWN_TO_ATTRIBUTES =
  `returnFormat value value1 value2 type category org tags from to last eventid uuid publish_timestamp
published timestamp enforceWarninglist to_ids deleted event_timestamp threat_level_id includeEventTags includeContext
object_relation includeDecayScore decayingModel excludeDecayed score attribute_timestamp first_seen last_seen eventinfo
sharinggroup includeAllTags order`.replaceAll('\n', ' ');
const KNOWN_TO_EVENTS =
  `returnFormat value type category org tags from to last eventid metadata uuid publish_timestamp timestamp
event_timestamp event_tags published enforceWarninglist to_ids deleted object_relation threat_level_id eventinfo sharinggroup
includeAllTags order`.replaceAll('\n', ' ');

const EVERY_OPTION = {
  types: ['md5'],
  categories: ['Network activity'],
  tags: ['a'],
  allTags: ['b'],
  notTags: ['c'],
  org: 'CERT',
  notOrg: ['Other'],
  events: ['7'],
  eventInfo: '%phish%',
  threatLevels: ['high', 'undefined'],
  last: '7d',
  changed: '30d',
  eventChanged: '30d',
  from: '2026-01-01',
  to: '2026-12-31',
  firstSeen: '90d',
  objectRelations: ['ip-dst'],
  sharingGroups: [3],
  enforceWarninglist: true,
  excludeDecayed: true,
  decayingModel: 1,
  score: 30,
};

describe('attributeSearch', () => {
  it('asks for what is marked and published, in the order of ids, with all context', () => {
    expect(bodyOf()).toEqual({
      returnFormat: 'json',
      order: 'Attribute.id asc',
      includeContext: 1,
      includeEventTags: 1,
      includeAllTags: 1,
      to_ids: 1,
      published: 1,
    });
  });

  it('leaves a filter out rather than sending `false`', () => {
    expect(Object.keys(bodyOf({ toIds: false, published: false }))).not.toContain('to_ids');
    expect(Object.keys(bodyOf({ toIds: false, published: false }))).not.toContain('published');
  });

  it.each([
    ['attribute', attributeSearch, KNOWN_TO_ATTRIBUTES],
    ['event', eventSearch, KNOWN_TO_EVENTS],
  ])('sends nothing that the %s search would drop or misread', (_scope, search, known) => {
    const body = search(mispOptions.parse({ url: 'https://misp.example.org', key: 'k', ...EVERY_OPTION }), now);
    for (const [key, value] of Object.entries(body)) {
      expect(known.split(' ')).toContain(key);
      expect(['boolean', 'undefined']).not.toContain(typeof value);
      expect(value).not.toBeNull();
      expect(JSON.stringify(value)).not.toContain('w"');
    }
  });

  it.each([
    ['7d', 7 * 86_400],
    ['12h', 12 * 3600],
    ['30m', 1800],
    ['10s', 10],
  ])('turns `%s` into a Unix time', (last, seconds) => {
    expect(bodyOf({ last }).publish_timestamp).toBe(String(Date.UTC(2026, 10, 24) / 1000 - seconds));
  });

  it('joins wanted tags by or, and excludes the others', () => {
    expect(bodyOf({ tags: ['a', 'b'] }).tags).toEqual({ OR: ['a', 'b'] });
    expect(bodyOf({ notTags: ['c'] }).tags).toEqual({ NOT: ['c'] });
    expect(bodyOf({ tags: ['a'], notTags: ['c'] }).tags).toEqual({ OR: ['a'], NOT: ['c'] });
  });

  it('passes types and organisations on', () => {
    expect(bodyOf({ types: ['ip-dst', 'domain|ip'], org: ['CERT', '7'] })).toMatchObject({
      type: ['ip-dst', 'domain|ip'],
      org: ['CERT', '7'],
    });
  });
});
