import { folded } from './spelling.js';

/** Names of the columns of a row, in order; see `row-data.ts`, which writes them. */
const COLUMNS = ['state', 'kind', 'value', 'reason', 'detail', 'stage', 'event', 'org', 'tlp', 'exporters'];
const VALUE = COLUMNS.indexOf('value');
const COUNT = COLUMNS.length;
const STATE = COLUMNS.indexOf('state');
const KIND = COLUMNS.indexOf('kind');
/** Columns in which a search looks besides the value. */
const SEARCHED = ['reason', 'detail', 'stage', 'event', 'org'].map((name) => COLUMNS.indexOf(name));

/** The rows of the page. Texts that stand in many rows are searched once. */
export class Rows {
  #texts;
  #rows;
  #values;
  #foldedTexts;

  constructor({ texts, rows }) {
    this.#texts = texts;
    this.#rows = rows;
  }

  /** Numbers of the rows that fit, those whose value is exactly what was asked for first. */
  find({ needle, states, kind }) {
    this.#values ??= this.#rows.map((row) => folded(row[VALUE]));
    this.#foldedTexts ??= this.#texts.map(folded);
    const sought = folded(needle.trim());
    const inText = this.#foldedTexts.map((text) => text.includes(sought));
    const isWanted = this.#texts.map((text) => states.has(text));
    const exact = [];
    const other = [];
    for (const [i, row] of this.#rows.entries()) {
      if (!isWanted[row[STATE]] || (kind !== '' && this.#texts[row[KIND]] !== kind)) continue;
      const value = this.#values[i];
      if (value === sought) exact.push(i);
      else if (value.includes(sought) || SEARCHED.some((column) => inText[row[column]])) other.push(i);
    }
    return exact.concat(other);
  }

  /** A row by its number, with the texts of all its columns. */
  row(i) {
    const packed = this.#rows[i];
    const texts = COLUMNS.map((name, column) => [name, column === VALUE ? packed[VALUE] : this.#texts[packed[column]]]);
    return { ...Object.fromEntries(texts), count: packed[COUNT] };
  }
}
