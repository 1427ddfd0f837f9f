import { visible } from '../render/visible.ts';
import { defanged } from './defang.ts';
import type { Html, Mask } from './html.ts';
import type { Row } from './trace/row.ts';

/**
 * The rows as the page's script reads them, see `client/rows.js`: texts stand once, rows name them by their number.
 * Everything is as a person sees it: masked, defanged, invisible characters spelled out.
 */
export interface RowData {
  readonly texts: readonly string[];
  /** State, kind, value, reason, detail, stage, event, organisation, label, exporters (joined), count. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Enough for a value of the list that is defanged. */
const VALUE_LIMIT = 600;

/** The block of data, which no value can leave: `<` and `&` are escapes, as are the line separators of old scripts. */
export function rowBlock(rows: readonly Row[]): Html {
  return {
    write: (mask) => {
      const json = JSON.stringify(rowData(rows, mask)).replace(/[<>&\u2028\u2029]/g, codeUnit);
      return `<script type="application/json" id="rows">${json}</script>`;
    },
  };
}

export function rowData(rows: readonly Row[], mask: Mask): RowData {
  const numbers = new Map<string, number>();
  const shown = (text: string) => visible(mask(text));
  const numberOf = (text: string) => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
  const packed = rows.map((row) => [
    ...[row.state, row.kind].map(numberOf),
    visible(defanged(row.kind, mask(row.value)), VALUE_LIMIT),
    ...[row.reason, row.detail, row.stage, row.event, row.org, row.tlp].map((text) => numberOf(shown(text))),
    ...[row.exporters.join(', '), row.count].map((part) => (typeof part === 'string' ? numberOf(shown(part)) : part)),
  ]);
  return { texts: [...numbers.keys()], rows: packed };
}

function codeUnit(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
