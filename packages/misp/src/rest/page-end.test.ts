import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type CountStyle, isEnd, missingRows, pageCounts } from './page-end.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const recordings = join(data, 'misp-recordings/recordings');

const end = (page: number, rows: number, count: number | undefined, { skipped = 0, overlap = 0 } = {}) =>
  isEnd({ page, limit: 20, overlap }, { rows, skipped, count });

describe('isEnd', () => {
  it('goes on after any page with new rows, however short', () => {
    expect(end(3, 1, 1)).toBe(false);
    expect(end(3, 20, undefined)).toBe(false);
    expect(end(3, 3, 3, { overlap: 2 })).toBe(false);
  });

  it('goes on after an empty page whose rows were skipped', () => {
    expect(end(2, 0, 21, { skipped: 20 })).toBe(false);
  });

  it('takes a page without counts that brings nothing new for the end', () => {
    expect(end(4, 0, undefined)).toBe(true);
    expect(end(4, 2, undefined, { overlap: 2 })).toBe(true);
  });

  it('stops at the end where pages are counted one by one', () => {
    expect(end(1, 0, 0)).toBe(true);
    expect(end(4, 0, 1)).toBe(true);
    expect(end(4, 2, 2, { overlap: 2 })).toBe(true);
  });

  it('goes on after a full page whose rows an allow list removed', () => {
    expect(end(1, 0, 21)).toBe(false);
    expect(end(5, 0, 21)).toBe(false);
    expect(end(5, 1, 21, { overlap: 1 })).toBe(false);
  });

  it('stops at the end where rows are counted from the start', () => {
    expect(end(1, 0, 1)).toBe(true);
    expect(end(3, 0, 41)).toBe(true);
    expect(end(9, 0, 161)).toBe(true);
    expect(end(3, 2, 42, { overlap: 2 })).toBe(true);
  });

  it('goes on after an emptied page where rows are counted from the start', () => {
    expect(end(3, 0, 60)).toBe(false);
    expect(end(3, 0, 42)).toBe(false);
    expect(end(3, 1, 60, { overlap: 1 })).toBe(false);
  });
});

describe('missingRows', () => {
  const missing = (
    page: number,
    rows: number,
    count: number | undefined,
    { skipped = 0, style }: { skipped?: number; style?: CountStyle | undefined } = { style: 'page' },
  ) => missingRows({ page, limit: 20, overlap: 0 }, { rows, skipped, count }, style);

  it.each([
    ['a full page', missing(2, 20, 21), 0],
    ['a full page with skipped rows', missing(2, 17, 20, { skipped: 3, style: 'page' }), 0],
    ['a page whose rows were all skipped', missing(2, 0, 21, { skipped: 20, style: 'page' }), 0],
    ['the last page', missing(3, 7, 7), 0],
    ['a full page of which an allow list removed two rows', missing(2, 18, 21), 2],
    ['a last page of which it removed one', missing(3, 6, 7), 1],
    ['a page of which it removed all', missing(2, 0, 21), 20],
  ])('counts for %s', (_what, counted, expected) => {
    expect(counted).toBe(expected);
  });

  it('counts from the start where the server does', () => {
    expect(missing(3, 18, 60, { style: 'start' })).toBe(2);
    expect(missing(3, 20, 60, { style: 'start' })).toBe(0);
    expect(missing(3, 5, 45, { style: 'start' })).toBe(0);
    expect(missing(1, 18, 20, { style: 'start' })).toBe(2);
  });

  it('says nothing of later pages where nobody knows what is counted', () => {
    expect(missing(3, 18, 60, { style: undefined })).toBe(0);
  });

  it('says nothing without a count', () => {
    expect(missing(1, 3, undefined)).toBe(0);
  });
});

describe('pageCounts', () => {
  it('reads the counts from the headers', () => {
    const headers = { 'x-result-count': '20', 'x-skipped-elements-count': '1' };
    expect(pageCounts(19, headers)).toEqual({ rows: 19, skipped: 1, count: 20 });
  });

  it('takes nonsense for a missing header', () => {
    const headers = { 'x-result-count': '-1', 'x-skipped-elements-count': 'many' };
    expect(pageCounts(0, headers)).toEqual({ rows: 0, skipped: 0, count: undefined });
  });
});

describe.skipIf(!existsSync(recordings))('isEnd on recorded pages (needs the data folder)', () => {
  it.each([
    ['page40-p', 40, 6],
    ['page50-full-p', 50, 5],
    ['page40-warninglist-p', 20, 6],
  ])('finds the last of `%s`', (name, limit, last) => {
    const ends = Array.from({ length: last }, (_, i) => {
      const file = join(recordings, `${name}0${i + 1}.json`);
      const { response } = JSON.parse(readFileSync(file, 'utf8'));
      const headers: Record<string, string> = {};
      for (const [header, value] of Object.entries(response.headers)) headers[header.toLowerCase()] = String(value);
      const rows = JSON.parse(response.body).response.Attribute.length;
      return isEnd({ page: i + 1, limit, overlap: 0 }, pageCounts(rows, headers));
    });
    expect(ends).toEqual([...Array(last - 1).fill(false), true]);
  });
});
