import type { Progress } from '@misp-pipeline/core';

const INTERVAL_MS = 100;

/** One line on a terminal that is written over; nothing anywhere else. */
export class ProgressLine implements Progress {
  readonly #stream = process.stderr;
  readonly #on: boolean;
  #last = 0;
  #shown = false;

  constructor(quiet: boolean) {
    this.#on = !quiet && this.#stream.isTTY === true && process.env.TERM !== 'dumb';
  }

  source(id: string, read: number): void {
    this.#show(`reading ${id}: ${read.toLocaleString('en')} records`);
  }

  exporter(id: string): void {
    this.#last = 0;
    this.#show(`writing ${id}`);
  }

  /** Clears the line. */
  end(): void {
    if (this.#shown) this.#stream.write('\r\x1b[K');
    this.#shown = false;
  }

  #show(text: string): void {
    const now = performance.now();
    if (!this.#on || now - this.#last < INTERVAL_MS) return;
    this.#last = now;
    this.#shown = true;
    this.#stream.write(`\r\x1b[K${text}`);
  }
}
