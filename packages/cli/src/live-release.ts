import { statSync } from 'node:fs';
import { join } from 'node:path';
import { History } from '@misp-pipeline/core';

/** Which release is live in a state folder; looked up again only when the history has changed. */
export class LiveRelease {
  readonly #state: string;
  #stamp: string | undefined;
  #number: number | undefined;

  constructor(state: string) {
    this.#state = state;
  }

  /** Undefined when nothing is live, or whoever runs this may not know. */
  get number(): number | undefined {
    const stamp = this.#look();
    if (stamp === this.#stamp) return this.#number;
    this.#number = this.#read();
    this.#stamp = stamp;
    return this.#number;
  }

  /** Differs whenever something was committed: to the log beside the file, or from there into the file. */
  #look(): string {
    const files = ['history.sqlite', 'history.sqlite-wal'].map((name) => join(this.#state, name));
    try {
      const stats = files.map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
      return stats.map((stat) => (stat === undefined ? '' : `${stat.ino} ${stat.size} ${stat.mtimeNs}`)).join();
    } catch {
      // A folder that may not be read says nothing.
      return '';
    }
  }

  #read(): number | undefined {
    try {
      const history = History.ifAny(this.#state);
      try {
        return history?.releases.newest('live')?.id;
      } finally {
        history?.close();
      }
    } catch {
      // Look-ups go on where the history may not be read; they are answered from what is there.
      return undefined;
    }
  }
}
