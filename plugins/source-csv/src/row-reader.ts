import { type DetectedValue, detectValue, type Entry } from '@misp-pipeline/misp';
import type { Columns } from './columns.ts';
import type { CsvOptions } from './options.ts';
import { typeNames } from './type-names.ts';

/** What feeds write where they have nothing to say. */
const NOTHING = new Set(['', '-', 'none', 'null', 'n/a', 'na']);

const WITH_PORT: ReadonlyMap<string, string> = new Map([
  ['ip-src', 'ip-src|port'],
  ['ip-dst', 'ip-dst|port'],
  ['domain', 'hostname|port'],
  ['hostname', 'hostname|port'],
]);

/** Reads the values of a row, given where they stand and what they are. */
export class RowReader {
  readonly #columns: Columns;
  readonly #type: string | undefined;
  readonly #typeOf: (word: string) => string | undefined;

  constructor(columns: Columns, { type, typeNames: further }: Pick<CsvOptions, 'type' | 'typeNames'>) {
    this.#columns = columns;
    this.#type = type;
    this.#typeOf = typeNames(further);
  }

  /** One entry for each column of values. */
  read(line: number, cells: readonly string[]): Entry[] {
    const said = (position: number | undefined) => meant(position === undefined ? undefined : cells[position]);
    const { value, type, port, comment, tags, firstSeen, lastSeen } = this.#columns;
    return value.map((position): Entry => {
      const text = cells[position] ?? '';
      const found = this.#typed(text, said(type));
      if (typeof found === 'string') return { line, text, reason: found };
      return {
        ...{ line, ...withPort(found, said(port)), firstSeen: said(firstSeen), lastSeen: said(lastSeen) },
        comment: comment.flatMap((other) => said(other) ?? []).join(', '),
        tags: tags.flatMap((other) => tagsOf(said(other))),
      };
    });
  }

  /** The value with its type, or the reason why it has none. */
  #typed(value: string, word: string | undefined): DetectedValue | string {
    if (value === '') return 'rejected:empty';
    if (word !== undefined) {
      const type = this.#typeOf(word);
      return type === undefined ? 'rejected:unknown-type' : { type, value };
    }
    if (this.#type !== undefined) return { type: this.#type, value };
    return detectValue(value, { inProse: false }) ?? 'rejected:no-indicator';
  }
}

function meant(cell: string | undefined): string | undefined {
  return cell === undefined || NOTHING.has(cell.toLowerCase()) ? undefined : cell;
}

function withPort({ type, value }: DetectedValue, port: string | undefined): DetectedValue {
  const composite = port === undefined ? undefined : WITH_PORT.get(type);
  return composite === undefined ? { type, value } : { type: composite, value: `${value}|${port}` };
}

/** Tags between commas, or between blanks where there is no comma; the `#` before them is decoration. */
function tagsOf(cell = ''): string[] {
  const tags = cell.split(cell.includes(',') ? ',' : ' ').map((tag) => tag.trim().replace(/^#/, ''));
  return tags.filter((tag) => !NOTHING.has(tag.toLowerCase()));
}
