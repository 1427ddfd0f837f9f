import type { Progress } from '@misp-pipeline/core';

const RECORDS_BETWEEN = 5000;

/** One line on a terminal that is written over; nothing anywhere else. */
export class ProgressLine implements Progress {
  readonly #stream = process.stderr;
  readonly #on: boolean;
  #shownAt = 0;
  #shown = false;

  constructor(quiet: boolean) {
    this.#on = !quiet && this.#stream.isTTY === true && process.env.TERM !== 'dumb';
  }

  source(id: string, read: number): void {
    // Called for every record, so it has to cost nothing most of the time.
    // The next source begins from nothing, which is a large step too.
    if (!this.#on || Math.abs(read - this.#shownAt) < RECORDS_BETWEEN) return;
    this.#shownAt = read;
    this.#show(`reading ${id}: ${read.toLocaleString('en')} records`);
  }

  exporter(id: string): void {
    this.#shownAt = 0;
    if (this.#on) this.#show(`writing ${id}`);
  }

  /** Clears the line. */
  end(): void {
    if (this.#shown) this.#stream.write('\r\x1b[K');
    this.#shown = false;
  }

  #show(text: string): void {
    this.#shown = true;
    this.#stream.write(`\r\x1b[K${text}`);
  }
}
