/** A value that a text names, as the attribute that MISP would make of it. */
export interface FoundValue {
  /** Number of the line that it stands in, counted from 1. */
  readonly line: number;
  /** Name of a MISP type. */
  readonly type: string;
  /** As written, defanged or not. */
  readonly value: string;
  readonly comment?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  /** ISO 8601 or an epoch; anything else counts as not said. */
  readonly firstSeen?: string | undefined;
  readonly lastSeen?: string | undefined;
}

/** A line, or a part of it, that names no value. */
export interface NoValue {
  readonly line: number;
  /** What stands there. */
  readonly text: string;
  /** `skipped:<why>` for what is not meant as a value, `rejected:<why>` for what cannot be understood. */
  readonly reason: string;
}

export type Entry = FoundValue | NoValue;

/** Reads all that a text says, in its order. Blank lines say nothing. */
export type TextReader = (text: Buffer) => Iterable<Entry>;
