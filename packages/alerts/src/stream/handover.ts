/** Hands things from many givers to one taker, one at a time: a giver waits until its thing was taken. */
export class Handover<T> {
  readonly #waiting: { readonly thing: T; readonly taken: () => void }[] = [];
  readonly #signal: AbortSignal;
  #wake: () => void = () => {};

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#wake(), { once: true });
  }

  give(thing: T): Promise<void> {
    return new Promise((taken) => {
      this.#waiting.push({ thing, taken });
      this.#wake();
    });
  }

  /** What is given, until the signal aborts. Taking the next thing says that the one before is done. */
  async *taken(): AsyncGenerator<T> {
    while (!this.#signal.aborted) {
      const next = this.#waiting.shift();
      if (next === undefined) {
        await new Promise<void>((wake) => {
          this.#wake = wake;
        });
        continue;
      }
      yield next.thing;
      next.taken();
    }
  }
}
