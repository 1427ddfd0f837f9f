import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { stageName } from '../stage-name.ts';
import { IDS_FILE } from './store.ts';

/** Milliseconds to wait for a run that saves its numbers. */
const PATIENCE = 10_000;

/** The numbers that runs gave to what exporters wrote, for whoever meets one and asks what it stands for. */
export class GivenIds {
  readonly #db: DatabaseSync;
  readonly #exporters: readonly string[];
  readonly #byId: StatementSync;

  private constructor(file: string, exporters: readonly string[]) {
    // Not `readOnly`: what a killed run has written in part is taken back by the next one who opens the file and may write.
    this.#db = new DatabaseSync(file, { timeout: PATIENCE });
    this.#exporters = exporters;
    this.#byId = this.#db.prepare('SELECT key FROM ids WHERE stage = ? AND id = ?');
  }

  /** Those of a state folder and of exporters, by their ids in the config; undefined when no run has given a number yet. */
  static open(stateDir: string, exporters: readonly string[]): GivenIds | undefined {
    const file = join(stateDir, IDS_FILE);
    return existsSync(file) ? new GivenIds(file, exporters) : undefined;
  }

  /** The key that has a number, in the book of the first exporter that gave it. */
  find(id: number): { readonly exporter: string; readonly key: string } | undefined {
    for (const exporter of this.#exporters) {
      const key = this.#byId.get(stageName('exporter', exporter), id)?.key;
      if (typeof key === 'string') return { exporter, key };
    }
    return undefined;
  }

  close(): void {
    this.#db.close();
  }
}
