import { type DetectedValue, detectValue, type Entry } from '@misp-pipeline/misp';
import type { Columns } from './columns.ts';
import type { CsvOptions } from './options.ts';
import { typeNames } from './type-names.ts';

/** What feeds write where they have nothing to say. */
const NOTHING = new Set(['', '-', 'none', 'null', 'n/a', 'na']);

/** What stands between two URLs in one cell. */
const BEFORE_URL = /(?<![\s,;|])[\s,;|]+(?=[a-z[\]()*]{3,12}:\]?[/\\]{2})/i;

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

  /** The values of each column of values, and the ports that cannot be used. */
  read(line: number, cells: readonly string[]): Entry[] {
    const said = (position: number | undefined) => meant(position === undefined ? undefined : cells[position]);
    const { value, type, port, comment, tags, firstSeen, lastSeen } = this.#columns;
    const ofRow = {
      ...{ line, firstSeen: said(firstSeen), lastSeen: said(lastSeen) },
      comment: comment.flatMap((other) => said(other) ?? []).join(', '),
      tags: tags.flatMap((other) => tagsOf(said(other))),
    };
    const valuesIn = (position: number) => (cells[position] ?? '').split(BEFORE_URL);
    return value.flatMap(valuesIn).flatMap((text): Entry[] => {
      const found = this.#typed(text, said(type));
      if (typeof found === 'string') return [{ line, text, reason: found }];
      return withPort(line, found, said(port)).map((entry) => ('reason' in entry ? entry : { ...entry, ...ofRow }));
    });
  }

  /** The value with its type, or the reason why it has none. */
  #typed(value: string, word: string | undefined): DetectedValue | string {
    if (meant(value) === undefined) return 'rejected:empty';
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

/** The value with its port; without, beside what is said of the port, when that is none. */
function withPort(line: number, { type, value }: DetectedValue, port: string | undefined): Entry[] {
  const composite = WITH_PORT.get(type);
  if (composite === undefined || port === undefined) return [{ line, type, value }];
  if (isPort(port)) return [{ line, type: composite, value: `${value}|${port}` }];
  return [
    { line, type, value },
    { line, text: port, reason: 'rejected:invalid-port' },
  ];
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65_536;
}

/** Tags between commas, or between blanks where there is no comma; the `#` before them is decoration. */
function tagsOf(cell = ''): string[] {
  const tags = cell.split(cell.includes(',') ? ',' : ' ').map((tag) => tag.trim().replace(/^#/, ''));
  return tags.filter((tag) => !NOTHING.has(tag.toLowerCase()));
}
