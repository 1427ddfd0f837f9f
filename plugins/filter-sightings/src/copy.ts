import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord, parseJson, readBoundedFile, writeAtomically } from '@misp-pipeline/misp';
import type { Verdicts } from './verdicts.ts';

const MAX_BYTES = 256 * 1024 * 1024;

/** What was last read of a server, in the state folder. */
export class Copy {
  readonly #path: string;

  constructor(stateDir: string) {
    this.#path = join(stateDir, 'sightings.json');
  }

  write(verdicts: Verdicts): Promise<void> {
    return writeAtomically(this.#path, JSON.stringify(Object.fromEntries(verdicts)));
  }

  /** Undefined when no run has read the server yet. */
  async read(): Promise<Verdicts | undefined> {
    if (!existsSync(this.#path)) return undefined;
    const document = parseJson(await readBoundedFile(this.#path, MAX_BYTES));
    const entries = isRecord(document) ? Object.entries(document) : [];
    return new Map(
      entries.map(([uuid, verdict]) => {
        const { falsePositives, trueOnes } = isRecord(verdict) ? verdict : {};
        return [uuid, { falsePositives: Number(falsePositives), trueOnes: Number(trueOnes) }];
      }),
    );
  }
}
