/** How a file separates and encloses its cells. */
export interface Dialect {
  readonly delimiter: string;
  /** One character, or empty. */
  readonly quote: string;
}

/**
 * The cells of a row, without the blanks around them; undefined when a quote stays open, or has text behind it. Follows RFC 4180, but takes
 * blanks before a quote, and a quote inside an unquoted cell as it is. Several blanks that delimit count as one.
 */
export function cellsOf(text: string, { delimiter, quote }: Dialect): string[] | undefined {
  const cells: string[] = [];
  for (let at = 0; at <= text.length; ) {
    const start = skipBlanks(text, at, delimiter);
    const isQuoted = quote !== '' && text.startsWith(quote, start);
    const close = isQuoted ? closingQuote(text, start + 1, quote) : start;
    if (close < 0) return undefined;
    const found = text.indexOf(delimiter, close);
    const end = found < 0 ? text.length : found;
    if (isQuoted && text.slice(close + 1, end).trim() !== '') return undefined;
    const cell = isQuoted ? text.slice(start + 1, close).replaceAll(quote + quote, quote) : text.slice(start, end);
    cells.push(cell.trim());
    at = end + 1;
  }
  return delimiter === ' ' ? cells.filter((cell) => cell !== '') : cells;
}

function skipBlanks(text: string, at: number, delimiter: string): number {
  let start = at;
  while (text[start] !== delimiter && (text[start] === ' ' || text[start] === '\t')) start++;
  return start;
}

/** Position of the quote that ends a cell, or -1; a doubled quote is a part of it. */
function closingQuote(text: string, from: number, quote: string): number {
  let at = text.indexOf(quote, from);
  while (at >= 0 && text[at + 1] === quote) at = text.indexOf(quote, at + 2);
  return at;
}
