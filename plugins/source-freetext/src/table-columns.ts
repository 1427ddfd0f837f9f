/** A cell of a table, or a line that belongs to none. */
export interface Cell {
  readonly text: string;
  /** True in a column of things that are shown for comparison only. */
  readonly isLegitimate: boolean;
}

const LEGITIMATE = /\b(?:legitimate|benign|clean|harmless)\b/i;
const BORDER = /^\|=+\s*$/;

/** Follows the tables of Markdown and AsciiDoc: lines that begin with `|`, of which the first names the columns. */
export class TableColumns {
  #headings: readonly string[] | undefined;

  cellsOf(line: string): Cell[] {
    if (line.trim() === '' || BORDER.test(line)) this.#headings = undefined;
    if (!line.startsWith('|') || BORDER.test(line)) return [{ text: line, isLegitimate: false }];
    const texts = line.slice(1).split('|');
    const headings = this.#headings ?? texts;
    this.#headings = headings;
    return texts.map((text, i) => ({ text, isLegitimate: LEGITIMATE.test(headings[i] ?? '') }));
  }
}
