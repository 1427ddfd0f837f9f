import { detectValue } from '@misp-pipeline/misp';
import { tokensOf } from './tokens.ts';

/** A cell of a table, or a line that belongs to none. */
export interface Cell {
  readonly text: string;
  /** True in a column of things that are shown for comparison only. */
  readonly isLegitimate: boolean;
}

const LEGITIMATE =
  /^\W*(?:(?:corresponding|known|likely|original|possibl[ey]) )?(?:legitimate|benign|clean|harmless)\b/i;
const BORDER = /^\|=+\s*$/;

/** Follows the tables of Markdown and AsciiDoc: lines that begin with `|`, of which the first may name the columns. */
export class TableColumns {
  /** For each column whether it is one of what is legitimate; undefined between tables. */
  #legitimate: readonly boolean[] | undefined;

  cellsOf(line: string): Cell[] {
    if (line.trim() === '' || BORDER.test(line)) this.#legitimate = undefined;
    if (!line.startsWith('|') || BORDER.test(line)) return [{ text: line, isLegitimate: false }];
    const texts = line.slice(1).split('|');
    const legitimate = this.#legitimate ?? (holdsValue(line) ? [] : texts.map((text) => LEGITIMATE.test(text)));
    this.#legitimate = legitimate;
    return texts.map((text, i) => ({ text, isLegitimate: legitimate[i] ?? false }));
  }
}

/** A row with a value holds no headings. */
function holdsValue(line: string): boolean {
  return tokensOf(line).some(({ text }) => detectValue(text, { inProse: true }) !== undefined);
}
