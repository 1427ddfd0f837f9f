import type { Fields, LogSource, LookUp } from '../look-up.ts';
import { RULES_OF_LOOK_UP } from '../pattern.ts';
import type { PublishedLists } from './published-lists.ts';
import type { PublishedPattern } from './published-patterns.ts';

/** Tells which published rules an event of a log can trigger, by what is published. */
export class Expectation {
  readonly #lists: PublishedLists;
  readonly #patterns: readonly PublishedPattern[];
  readonly #firstId: number;

  constructor(lists: PublishedLists, patterns: readonly PublishedPattern[], firstId: number) {
    this.#lists = lists;
    this.#patterns = patterns;
    this.#firstId = firstId;
  }

  /** Ids of the rules whose conditions the fields meet; the event raises the alert of one of them. */
  rulesFor({ lookUps }: LogSource, fields: Fields): ReadonlySet<number> {
    return new Set(lookUps.flatMap((lookUp) => [...this.#exact(lookUp, fields), ...this.#inside(lookUp, fields)]));
  }

  #exact({ id, field, list, also, where }: LookUp, fields: Fields): readonly number[] {
    const value = fields[field];
    if (value === undefined || (where !== undefined && !new RegExp(where.matches).test(fields[where.field] ?? '')))
      return [];
    if (also !== undefined && this.#lists.severityOf(also.list.name, fields[also.field] ?? '') === undefined) return [];
    if (list.lookup === 'address_match_key') {
      return beginnings(value).some((key) => this.#lists.severityOf(list.name, key)) ? [this.#firstId + id] : [];
    }
    const severity = this.#lists.severityOf(list.name, value);
    return severity === undefined ? [] : [this.#firstId + id + (severity === 'high' ? 0 : 1)];
  }

  #inside({ field, inside }: LookUp, fields: Fields): readonly number[] {
    if (inside === undefined) return [];
    const first = this.#firstId + inside.id;
    const own = this.#patterns.filter(({ id }) => id >= first && id < first + RULES_OF_LOOK_UP);
    return own.filter(({ matches }) => matches.test(fields[field] ?? '')).map(({ id }) => id);
  }
}

/** Parts of an address that end with a dot, and the address. */
function beginnings(address: string): readonly string[] {
  return [address, ...[...address.matchAll(/\./g)].map(({ index }) => address.slice(0, index + 1))];
}
