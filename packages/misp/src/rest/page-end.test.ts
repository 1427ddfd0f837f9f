import { describe, expect, it } from 'vitest';
import { isBeyondEnd, pageCounts } from './page-end.ts';

const page = (page: number, rows: number, count: number | undefined, skipped = 0) =>
  isBeyondEnd({ page, limit: 20, rows, skipped, count });

describe('isBeyondEnd', () => {
  it('goes on after any page with rows, however short', () => {
    expect(page(3, 1, 1)).toBe(false);
    expect(page(3, 20, undefined)).toBe(false);
  });

  it('goes on after an empty page whose rows were skipped', () => {
    expect(page(2, 0, 21, 20)).toBe(false);
  });

  it('takes an empty page without counts for the end', () => {
    expect(page(4, 0, undefined)).toBe(true);
  });

  it('stops beyond the end where pages are counted one by one', () => {
    expect(page(1, 0, 0)).toBe(true);
    expect(page(4, 0, 1)).toBe(true);
  });

  it('goes on after a full page whose rows an allow list removed', () => {
    expect(page(1, 0, 21)).toBe(false);
    expect(page(5, 0, 21)).toBe(false);
  });

  it('stops beyond the end where rows are counted from the start', () => {
    expect(page(1, 0, 1)).toBe(true);
    expect(page(3, 0, 41)).toBe(true);
    expect(page(9, 0, 161)).toBe(true);
  });

  it('goes on after an emptied page where rows are counted from the start', () => {
    expect(page(3, 0, 60)).toBe(false);
    expect(page(3, 0, 42)).toBe(false);
  });
});

describe('pageCounts', () => {
  it('reads the counts from the headers', () => {
    const headers = { 'x-result-count': '20', 'x-skipped-elements-count': '1' };
    expect(pageCounts(3, 20, 19, headers)).toEqual({ page: 3, limit: 20, rows: 19, skipped: 1, count: 20 });
  });

  it('takes nonsense for a missing header', () => {
    const headers = { 'x-result-count': '-1', 'x-skipped-elements-count': 'many' };
    expect(pageCounts(1, 20, 0, headers)).toEqual({ page: 1, limit: 20, rows: 0, skipped: 0, count: undefined });
  });
});
