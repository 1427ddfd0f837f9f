import { describe, expect, it } from 'vitest';
import { mispOptions } from './options.ts';
import { searchBody } from './search-body.ts';

const now = new Date('2026-11-24T00:00:00.900Z');
const bodyOf = (options: Record<string, unknown> = {}) =>
  searchBody(mispOptions.parse({ url: 'https://misp.example.org', key: 'k', ...options }), now);

describe('searchBody', () => {
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

  it('sends nothing that MISP would drop or misread: no booleans, no null, only known keys', () => {
    const body = bodyOf({ types: ['md5'], tags: ['a'], notTags: ['b'], org: 'CERT', last: '7d' });
    const known =
      /^(returnFormat|order|include(Context|EventTags|AllTags)|to_ids|published|type|tags|org|publish_timestamp)$/;
    for (const [key, value] of Object.entries(body)) {
      expect(key).toMatch(known);
      expect(typeof value === 'boolean' || value === null || value === undefined).toBe(false);
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
