import { describe, expect, it } from 'vitest';
import { parseList } from './list-file.ts';

const LIST = { name: 'Resolvers', description: '', version: 1, type: 'cidr', list: ['192.0.2.53'] };
const parse = (fields: object) => parseList('resolvers', JSON.stringify({ ...LIST, ...fields }));

describe('a list file', () => {
  it('gives name, type, entries and kinds', () => {
    const list = parse({ matching_attributes: ['ip-src'] });
    expect(list).toMatchObject({ slug: 'resolvers', name: 'Resolvers', type: 'cidr', entries: ['192.0.2.53'] });
    expect(list.kinds.has('ipv4')).toBe(true);
    expect(list.kinds.has('md5')).toBe(false);
  });

  it('may map entries to comments, and name several types, as MISP imports them', () => {
    const list = parse({ list: { '192.0.2.1': 'one', '192.0.2.2': 'two' }, type: ['cidr', 'string'] });
    expect(list.entries).toEqual(['192.0.2.1', '192.0.2.2']);
    expect(list.type).toBe('cidr');
  });

  it.each([
    [{ name: undefined }, 'has no `name`'],
    [{ type: 'cird' }, 'has the type `cird`, not one of string, hostname, cidr, substring, regex'],
    [{ type: undefined }, 'has the type `undefined`'],
    [{ list: 'google.com' }, 'has no `list` of strings'],
    [{ list: ['google.com', 7] }, 'has no `list` of strings'],
    [{ matching_attributes: 'domain' }, 'has `matching_attributes` that are no list of strings'],
  ])('is refused with %j', (fields, why) => {
    expect(() => parse(fields)).toThrow(why);
  });

  it.each(['[]', 'null', '{"name": ', ''])('is refused when it reads %j', (text) => {
    expect(() => parseList('broken', text)).toThrow();
  });
});
