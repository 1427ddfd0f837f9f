import type { Indicator, Output, OutputFile } from '@misp-pipeline/core';

/** Writes values to a file, one a line, each once. The file does not exist before it has a line. */
export class ListFile {
  readonly #output: Output;
  readonly #path: string;
  readonly #written = new Set<string>();
  #file: OutputFile | undefined;

  constructor(output: Output, path: string) {
    this.#output = output;
    this.#path = path;
  }

  get isEmpty(): boolean {
    return this.#file === undefined;
  }

  /** Adds the value, which must be free of anything that a line of the list could be mistaken for. */
  add(indicator: Indicator): void {
    const { value } = indicator;
    const before = this.#written.size;
    if (this.#written.add(value).size > before) {
      this.#file ??= this.#output.file(this.#path);
      this.#file.write(`${value}\n`);
      this.#file.count(1);
    }
    this.#output.placed?.(indicator, { file: this.#path, text: value });
  }
}
