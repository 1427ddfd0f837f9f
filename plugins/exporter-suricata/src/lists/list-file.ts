import type { Indicator, Output, OutputFile } from '@misp-pipeline/core';

/** A list that rules read: one value a line. */
export class ListFile {
  readonly #path: string;
  readonly #output: Output;
  readonly #file: OutputFile;
  readonly #id: string;

  /** `sids` are those of the rules that read the list, for `explain`. */
  constructor(output: Output, path: string, sids: readonly number[]) {
    this.#path = path;
    this.#output = output;
    this.#file = output.file(path);
    this.#id = `sid ${sids.join(', ')}`;
  }

  /** Adds a line without its end; it stands for any number of indicators. */
  add(line: string, indicators: readonly Indicator[]): void {
    this.#file.write(`${line}\n`);
    this.#file.count(1);
    if (this.#output.placed === undefined) return;
    for (const indicator of indicators) this.#output.placed(indicator, { file: this.#path, id: this.#id, text: line });
  }
}
