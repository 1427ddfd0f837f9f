import { describe, expect, it } from 'vitest';
import { csvOptions } from './options.ts';

const faults = (options: Record<string, unknown>) => {
  const { error } = csvOptions.safeParse({ url: 'feed.csv', columns: { value: 1 }, ...options });
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
};

describe('options of source-csv', () => {
  it.each([
    {},
    { url: 'https://feeds.example.org/export?days=30' },
    { delimiter: '\t', quote: '', comment: '//' },
    { header: true, columns: { value: ['ip', 2], tags: ['tags'] } },
    { type: 'ip-dst|port', typeNames: { 'bad ip': 'ip-src' } },
  ])('accept %j', (options) => {
    expect(faults(options)).toEqual([]);
  });

  it.each([
    [{ url: 'https://user:word@feeds.example.org/' }, /^url: write the path of a file/],
    [{ columns: {} }, /^columns\.value: /],
    [{ columns: { value: 0 } }, /^columns\.value: /],
    [{ columns: { value: 'ip' } }, /^columns\.value: write `header: true` to name a column/],
    [{ type: 'ip' }, /^type: /],
    [{ delimiter: ':' }, /^delimiter: /],
    [{ headers: { 'not a header': 'x' } }, /^headers/],
  ])('refuse %j', (options, fault) => {
    expect(faults(options)).toEqual([expect.stringMatching(fault)]);
  });
});
