import type { IncomingHttpHeaders } from 'node:http';
import type { PageWindow } from './page-window.ts';

/** What a page of a search says of itself. */
export interface PageCounts {
  /** Rows in the body. */
  readonly rows: number;
  /** Rows that the server left out of this page after it had cut it (X-Skipped-Elements-Count). */
  readonly skipped: number;
  /** X-Result-Count, which is no total; undefined when the header is missing. */
  readonly count: number | undefined;
}

export function pageCounts(rows: number, headers: IncomingHttpHeaders): PageCounts {
  const count = headerNumber(headers['x-result-count']);
  return { rows, count, skipped: headerNumber(headers['x-skipped-elements-count']) ?? 0 };
}

function headerNumber(value: string | string[] | undefined): number | undefined {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/**
 * True for a page that proves that the list ends before it or with the rows that were read before. A short or an empty
 * page proves nothing by itself: rows are skipped (and counted) or removed by the administrator's allow list (and not
 * counted) after the page was cut. X-Result-Count decides, in either of its two meanings: MISP 2.5.1 looks one row ahead
 * and counts the page (limit + 1 on a full one, 1 beyond the end); newer servers are said to count from the first page
 * on, with 1 more than came before beyond the end.
 */
export function isEnd({ page, limit, overlap }: PageWindow, { rows, skipped, count }: PageCounts): boolean {
  if (rows + skipped > overlap) return false;
  if (count === undefined || count <= limit) return true;
  // A full page of removed rows; or, counted from the start, what is beyond page 1. The next page tells them apart.
  if (count === limit + 1) return false;
  return count <= (page - 1) * limit + Math.max(1, overlap);
}

/** What X-Result-Count counts: the rows of each page alone, or those from the first page on. */
export type CountStyle = 'page' | 'start';

/** What a first page betrays: MISP 2.5.1 looks one row ahead, beyond a full page. Undefined when it betrays nothing. */
export function countStyleOf({ limit }: PageWindow, { skipped, count }: PageCounts): CountStyle | undefined {
  if (count === limit + 1) return 'page';
  return count === limit && skipped === 0 ? 'start' : undefined;
}

/**
 * Rows that the server counted for a page but did not send, as when the administrator's allow list removes them. Where it is
 * not known what is counted, only the first page can be judged.
 */
export function missingRows(
  { page, limit }: PageWindow,
  { rows, skipped, count }: PageCounts,
  style: CountStyle | undefined,
): number {
  if (count === undefined || (page > 1 && style === undefined)) return 0;
  const before = style === 'start' ? (page - 1) * limit : 0;
  // Of a page that keeps no row the count is one too high.
  const counted = rows === 0 ? count - before - 1 : Math.min(count - before, limit);
  return Math.max(0, counted - rows - skipped);
}
