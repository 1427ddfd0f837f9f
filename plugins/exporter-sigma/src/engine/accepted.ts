import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** After so many days everything is checked again: the engine may be another by then. */
const MAX_DAYS = 7;
const DAY = 86_400_000;

interface Saved {
  /** Engine and settings that accepted the files. */
  readonly by: string;
  /** When the first of them was accepted, in milliseconds since 1970. */
  readonly since: number;
  readonly digests: readonly string[];
}

/** Remembers which files the engine has accepted, since checking thousands of rules takes a minute and few change. */
export class Accepted {
  readonly #file: string;
  readonly #by: string;
  readonly #now: number;
  readonly #saved: Saved;
  readonly #digests: ReadonlySet<string>;

  constructor(stateDir: string, by: string, now: Date) {
    this.#file = join(stateDir, 'accepted.json');
    this.#by = by;
    this.#now = now.getTime();
    const saved: Saved | undefined = existsSync(this.#file) ? JSON.parse(readFileSync(this.#file, 'utf8')) : undefined;
    const isGood = saved !== undefined && saved.by === by && Math.abs(this.#now - saved.since) < MAX_DAYS * DAY;
    this.#saved = isGood ? saved : { by, since: this.#now, digests: [] };
    this.#digests = new Set(this.#saved.digests);
  }

  has(file: string): boolean {
    return this.#digests.has(digestOf(file));
  }

  /** All that was accepted, in place of what was known. */
  save(files: readonly string[]): void {
    const saved: Saved = { by: this.#by, since: this.#saved.since, digests: files.map(digestOf) };
    writeFileSync(this.#file, JSON.stringify(saved));
  }
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('base64');
}
