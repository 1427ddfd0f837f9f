const NEWLINE = 10;

/** Cuts bytes into lines, without line ends. What is longer than the limit is skipped and counted, never held in memory. */
export class LineSplitter {
  readonly #limit: number;
  #parts: Buffer[] = [];
  #partBytes = 0;
  #overlong = 0;

  /** `limit`: bytes that a line may have. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes since the last line end. */
  get pending(): number {
    return this.#partBytes;
  }

  /** Lines that end in these bytes. */
  push(bytes: Buffer): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      this.#hold(bytes.subarray(start, end));
      const line = this.rest();
      if (line !== undefined) lines.push(line);
      start = end + 1;
    }
    // A copy, since the caller fills its buffer again.
    if (start < bytes.length) this.#hold(Buffer.from(bytes.subarray(start)));
    return lines;
  }

  /** What has come since the last line end, taken as a line; undefined when that is nothing, or too long. */
  rest(): string | undefined {
    const isOverlong = this.#partBytes > this.#limit;
    const text = isOverlong ? '' : this.peek();
    if (isOverlong) this.#overlong++;
    this.#parts = [];
    this.#partBytes = 0;
    return text === '' ? undefined : text;
  }

  /** As {@link rest}, which stays for the next bytes. */
  peek(): string {
    const [only = Buffer.alloc(0)] = this.#parts;
    const text = (this.#parts.length > 1 ? Buffer.concat(this.#parts) : only).toString('utf8');
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  }

  /** Lines that were skipped since the last call. */
  takeOverlong(): number {
    const skipped = this.#overlong;
    this.#overlong = 0;
    return skipped;
  }

  #hold(part: Buffer): void {
    this.#partBytes += part.length;
    if (this.#partBytes > this.#limit) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }
}
