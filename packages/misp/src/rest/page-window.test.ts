import { describe, expect, it } from 'vitest';
import { nextWindow, SMALLEST_PAGE } from './page-window.ts';

describe('nextWindow', () => {
  it('begins with a full page', () => {
    expect(nextWindow(0, 5000)).toEqual({ limit: 5000, page: 1, overlap: 0 });
  });

  it('repeats one row where it can', () => {
    expect(nextWindow(5000, 5000)).toEqual({ limit: 4999, page: 2, overlap: 1 });
  });

  it.each([SMALLEST_PAGE, 100, 5000])(
    'reads a long list in pages of at most %i, each of which overlaps a little',
    (most) => {
      let read = 0;
      let pages = 0;
      let repeated = 0;
      while (read < most * 300) {
        const { limit, page, overlap } = nextWindow(read, most);
        const offset = (page - 1) * limit;
        expect(limit).toBeLessThanOrEqual(most);
        expect(offset + overlap).toBe(read);
        expect(overlap).toBeGreaterThanOrEqual(read === 0 ? 0 : 1);
        expect(offset + limit).toBeGreaterThan(read);
        read = offset + limit;
        repeated += overlap;
        pages++;
      }
      expect(repeated / read).toBeLessThan(most < 100 ? 0.15 : 0.05);
      expect(pages).toBeLessThan(500);
    },
  );

  it('goes on from the same row in smaller pages', () => {
    const { limit, page, overlap } = nextWindow(9998, 2500);
    expect((page - 1) * limit + overlap).toBe(9998);
    expect(limit).toBeLessThanOrEqual(2500);
    expect(overlap).toBeLessThan(5);
  });
});
