import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipelineError } from '@misp-pipeline/core';
import { parseJson } from '@misp-pipeline/misp';
import { isMissing } from './read-document.ts';
import { writeAtomically } from './write-atomically.ts';

/** Refuses a feed that has lost too many of its events since the last run that accepted it. */
export class ShrinkGuard {
  readonly #file: string;
  readonly #source: string;
  readonly #maxShrink: number;
  readonly #accepted: number | undefined;

  private constructor(file: string, source: string, maxShrink: number, accepted: number | undefined) {
    this.#file = file;
    this.#source = source;
    this.#maxShrink = maxShrink;
    this.#accepted = accepted;
  }

  /** `dir` is the folder that is remembered in, `source` the id for messages. */
  static async open(dir: string, source: string, maxShrink: number): Promise<ShrinkGuard> {
    const file = join(dir, 'accepted.json');
    return new ShrinkGuard(file, source, maxShrink, await acceptedIn(file));
  }

  /** Number of events of the last accepted run, or undefined when there was none. */
  get accepted(): number | undefined {
    return this.#accepted;
  }

  /** Throws when `events` are too few. */
  check(events: number): void {
    if (this.#accepted === undefined) return;
    const fewest = Math.ceil(this.#accepted * (1 - this.#maxShrink));
    if (events >= fewest) return;
    const why =
      `${events} events instead of ${this.#accepted} in the last run, and \`maxShrink: ${this.#maxShrink}\` allows no ` +
      `fewer than ${fewest}; raise it for one run if the feed is meant to be that small`;
    throw pipelineError('SOURCE_INCOMPLETE', { source: this.#source, why });
  }

  /** Remembers the number for the next run. */
  async accept(events: number): Promise<void> {
    if (events !== this.#accepted) await writeAtomically(this.#file, JSON.stringify({ events }));
  }
}

async function acceptedIn(file: string): Promise<number | undefined> {
  try {
    const remembered = parseJson(await readFile(file));
    if (typeof remembered === 'object' && remembered !== null && 'events' in remembered) {
      if (typeof remembered.events === 'number') return remembered.events;
    }
  } catch (error) {
    if (isMissing(error)) return undefined;
  }
  throw new Error(`\`${file}\` is damaged; remove it to take the feed as it is now`);
}
