import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipelineError } from '@misp-pipeline/core';
import { parseJson } from '../rest/parse-json.ts';
import { isMissing } from './read-file.ts';
import { writeAtomically } from './write-atomically.ts';

export interface ShrinkLimit {
  /** Id of the source for messages. */
  readonly source: string;
  /** What is counted, in the plural, such as `events`. */
  readonly unit: string;
  /** Share that may be lost from one run to the next. */
  readonly maxShrink: number;
}

/** Refuses a feed that has lost too much of what it held in the last run that was accepted. */
export class ShrinkGuard {
  readonly #file: string;
  readonly #limit: ShrinkLimit;
  readonly #accepted: number | undefined;

  private constructor(file: string, limit: ShrinkLimit, accepted: number | undefined) {
    this.#file = file;
    this.#limit = limit;
    this.#accepted = accepted;
  }

  /** `dir` is the folder that is remembered in. */
  static async open(dir: string, limit: ShrinkLimit): Promise<ShrinkGuard> {
    const file = join(dir, 'accepted.json');
    return new ShrinkGuard(file, limit, await acceptedIn(file, limit.unit));
  }

  /** What the last accepted run held, or undefined when there was none. */
  get accepted(): number | undefined {
    return this.#accepted;
  }

  /** Throws when `found` is too little. */
  check(found: number): void {
    if (this.#accepted === undefined) return;
    const { source, unit, maxShrink } = this.#limit;
    const fewest = Math.ceil(this.#accepted * (1 - maxShrink));
    if (found >= fewest) return;
    const why =
      `${found} ${unit} instead of ${this.#accepted} in the last run, and \`maxShrink: ${maxShrink}\` allows no ` +
      `fewer than ${fewest}; raise it for one run if the feed is meant to be that small`;
    throw pipelineError('SOURCE_INCOMPLETE', { source, why });
  }

  /** Remembers the number for the next run. */
  async accept(found: number): Promise<void> {
    if (found !== this.#accepted) await writeAtomically(this.#file, JSON.stringify({ [this.#limit.unit]: found }));
  }
}

async function acceptedIn(file: string, unit: string): Promise<number | undefined> {
  try {
    const remembered = parseJson(await readFile(file));
    if (typeof remembered === 'object' && remembered !== null && unit in remembered) {
      const found: unknown = Reflect.get(remembered, unit);
      if (typeof found === 'number') return found;
    }
  } catch (error) {
    if (isMissing(error)) return undefined;
  }
  throw new Error(`\`${file}\` is damaged; remove it to take the feed as it is now`);
}
