/** What was opened one after the other, to be closed again also when opening the next one fails. */
export class Opened {
  readonly #closers: (() => Promise<void> | void)[] = [];

  /** Remembers how to close something; returns it. */
  add<T>(opened: T, close: (opened: T) => Promise<void> | void): T {
    this.#closers.push(() => close(opened));
    return opened;
  }

  /** Closes everything, the last one first, and throws the first error when all is done. */
  async close(): Promise<void> {
    const errors: unknown[] = [];
    for (const close of this.#closers.reverse()) {
      try {
        await close();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
