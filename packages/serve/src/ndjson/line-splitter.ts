/** One line of a stream. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without its end; undefined when it is longer than a line may be. */
  readonly text: string | undefined;
}

const LINE_FEED = 10;

/** Cuts a stream of bytes into lines. Holds no more than one line of the longest length. */
export class LineSplitter {
  readonly #longest: number;
  #begun: Buffer = Buffer.alloc(0);
  #isTooLong = false;
  #number = 1;

  /** @param longest Bytes of a line. */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /** The lines that end in a piece of the stream; empty ones are left out. */
  push(piece: Buffer): Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let feed = piece.indexOf(LINE_FEED); feed >= 0; feed = piece.indexOf(LINE_FEED, start)) {
      this.#extend(piece.subarray(start, feed));
      lines.push(...this.#finish());
      start = feed + 1;
    }
    this.#extend(piece.subarray(start));
    return lines;
  }

  /** The last line, when nothing ended it. */
  end(): Line[] {
    return this.#finish();
  }

  #extend(part: Buffer): void {
    this.#isTooLong ||= this.#begun.length + part.length > this.#longest;
    if (this.#isTooLong) this.#begun = Buffer.alloc(0);
    else this.#begun = this.#begun.length === 0 ? Buffer.from(part) : Buffer.concat([this.#begun, part]);
  }

  #finish(): Line[] {
    const text = this.#isTooLong ? undefined : this.#begun.toString('utf8').trim();
    const line = { number: this.#number++, text };
    this.#begun = Buffer.alloc(0);
    this.#isTooLong = false;
    return text === '' ? [] : [line];
  }
}
