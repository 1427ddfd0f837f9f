import type { DatabaseSync } from 'node:sqlite';

/** One way to keep indicators in a file, so that one of them can be read by its value. */
export interface Store {
  readonly name: string;
  /** Writes the file from the table `raw (value, hash, document)`, which is in no order. */
  build(raw: DatabaseSync, path: string): void;
  open(path: string): Reader;
}

export interface Reader {
  /** The document of a value; undefined when there is none. */
  find(value: string): string | undefined;
  close(): void;
}
