import type { CdbList } from './cdb-list.ts';
import type { Pattern } from './pattern.ts';

/**
 * The rules whose events a rule sees: ids of stock rules, joined by commas, or names of stock groups, joined by `|`, or
 * the grouping of the log source itself. A group reaches rules however deep they stand under each other; an event that a
 * deeper rule has taken never reaches the children of the rule above it.
 */
export type Parent = { readonly sids: string } | { readonly groups: string } | 'grouping';

/** Decoded fields of an event. */
export type Fields = Readonly<Record<string, string>>;

/** What makes a rule of a field and a list. */
export interface LookUp {
  /**
   * Number of its first rule within the block of ids; the second rule of an exact look-up has the next. Users refer to
   * the numbers in rules of their own: one that has been published keeps its meaning for ever.
   */
  readonly id: number;
  readonly parent: Parent;
  readonly field: string;
  readonly list: CdbList;
  /** A second field that has to be in a list of its own. The engine drops the first of three. */
  readonly also?: { readonly field: string; readonly list: CdbList };
  /** A field that has to match an expression, and a value that does. */
  readonly where?: { readonly field: string; readonly matches: string; readonly example: string };
  /** How listed values are looked for inside of the field, and the first of the numbers that such rules take. */
  readonly inside?: { readonly pattern: Pattern; readonly id: number };
  /** What has happened, for the alert; `$(field)` stands for the value of a field. */
  readonly says: string;
  /** ATT&CK technique. */
  readonly technique?: string;
}

/** A rule that gathers the events of a log for which there is no stock rule. */
export interface Grouping {
  readonly id: number;
  readonly decoder: string;
  /** Fields that such events have, with an expression that any value of theirs matches. */
  readonly fields: readonly { readonly name: string; readonly matches: string }[];
  readonly says: string;
}

/** A kind of log that Wazuh decodes, with the look-ups in its events. */
export interface LogSource {
  /** Its name in the option `logsources`. */
  readonly id: string;
  readonly title: string;
  /** True when the decoded fields say all that the line says, so that alerts need not repeat it. */
  readonly structured: boolean;
  readonly grouping?: Grouping;
  /**
   * A line of this log in which decoded fields have these values, and all else means nothing, for proofs. Undefined where
   * there is none for such fields; left out where the manager takes no line of this log by hand.
   */
  readonly record?: (fields: Fields) => string | undefined;
  /** The most telling first: of two rules of one level that match an event, the first one fires. */
  readonly lookUps: readonly LookUp[];
}

/** The lists that log sources need, each once, in the order of their names. */
export function listsOf(logSources: readonly LogSource[]): readonly CdbList[] {
  const lookUps = logSources.flatMap((logSource) => logSource.lookUps);
  const lists = new Set(lookUps.flatMap(({ list, also }) => (also === undefined ? [list] : [list, also.list])));
  return [...lists].sort((a, b) => (a.name < b.name ? -1 : 1));
}
