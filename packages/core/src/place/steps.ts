import { dirname, join } from 'node:path';
import type { Content, Step } from './copy.ts';
import { missingAbove } from './folder.ts';
import type { Move } from './journal.ts';
import type { Attributes } from './owner.ts';
import { statAt } from './standing.ts';

/** Order of switching: a rule that reads a list never stands there without it, and a checksum comes after its archive. */
export const RANK = { new: 0, replaced: 1, seal: 2, gone: 3 } as const;

type Rank = (typeof RANK)[keyof typeof RANK];

/** What becomes of the old file in the end. */
type End = Pick<Move, 'keepAs'>;

/** Gathers what has to be done. Changes nothing. */
export class Steps {
  /** Folders to make, the outermost first, with what their files get. */
  readonly folders = new Map<string, Attributes>();
  readonly #token: string;
  readonly #steps: (Step & { readonly rank: Rank })[] = [];

  /** @param token makes the names of temporary files unlike any other. */
  constructor(token: string) {
    this.#token = token;
  }

  write(path: string, content: Content, rank: Rank, end: End = {}): void {
    for (const folder of missingAbove(path)) this.folders.set(folder, content.attributes);
    const move = { ...this.#move(path), temp: this.#name(path, 'new'), ...end };
    this.#steps.push({ move, rank, content });
  }

  remove(path: string, rank: Rank, end: End = {}): void {
    this.#steps.push({ move: { ...this.#move(path), ...end }, rank });
  }

  inOrder(): readonly Step[] {
    return this.#steps.toSorted((a, b) => a.rank - b.rank);
  }

  #move(target: string): Move {
    return { target, aside: this.#name(target, 'old'), existed: statAt(target) !== undefined };
  }

  /**
   * In the same folder, so that a rename is atomic. No engine reads it: it begins with a dot, and has neither the name nor
   * the ending of a rule file.
   */
  #name(target: string, what: string): string {
    return join(dirname(target), `.misp-pipeline-${this.#token}-${this.#steps.length}-${what}.tmp`);
  }
}
