import type { Indicator } from '../indicator.ts';

/** One file of an exporter. */
export interface OutputFile {
  /** Appends text, as UTF-8. */
  write(text: string): void;
  /**
   * Adds to the number of entries (rules, list lines) that the manifest gives for the file, which is what an engine
   * must say it loaded. Comments and structure are no entries.
   */
  count(entries: number): void;
}

/** Where an indicator stands in an artefact. */
export interface Placement {
  /** Path of the file. */
  readonly file: string;
  /** How the engine names it: `sid 1234`, `rule 110001`, a rule's UUID. */
  readonly id?: string;
  /** The line or entry itself. */
  readonly text: string;
}

/**
 * Where an exporter writes. The engine decides what becomes of the files: a staged generation, or only their counts and
 * digests in a dry run. Nothing is published before every exporter has written everything.
 */
export interface Output {
  /**
   * Opens a file for writing, or the same file again. `path` is relative, with `/` between its parts, each of letters,
   * digits, `_`, `-` and `.`, and none beginning with a dot.
   */
  file(path: string): OutputFile;
  /** Set when somebody asks where indicators end up: call it for each place, as in `output.placed?.(...)`. */
  readonly placed?: ((indicator: Indicator, placement: Placement) => void) | undefined;
}
