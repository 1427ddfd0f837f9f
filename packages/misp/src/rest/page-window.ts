/** A page to ask for, as MISP counts pages: all rows before it are `(page - 1) * limit`. */
export interface PageWindow {
  readonly limit: number;
  /** From 1. */
  readonly page: number;
  /** Rows at its beginning that were read before. */
  readonly overlap: number;
}

/** Below this size there may be no window that overlaps and yet brings something new. */
export const SMALLEST_PAGE = 25;

/** Share of a page that may well come again: looking for less would cost smaller pages. */
const FEW = 0.02;

/**
 * The page to ask for after the first `read` rows. It begins a little before the last of them, so that a row that was
 * read shows that nothing is missing in between: rows move forward when others leave the list while it is read. Pages
 * begin at multiples of their size; hence the size is varied, between half of `most` and `most`.
 */
export function nextWindow(read: number, most: number): PageWindow {
  let best: PageWindow = { limit: most, page: 1, overlap: read };
  for (let limit = most; limit > most / 2 && best.overlap > most * FEW; limit--) {
    const page = Math.ceil(read / limit);
    const overlap = read - (page - 1) * limit;
    if (overlap < best.overlap) best = { limit, page, overlap };
  }
  return best;
}
