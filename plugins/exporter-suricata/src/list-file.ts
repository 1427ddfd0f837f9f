import type { Indicator, Output, OutputFile } from '@misp-pipeline/core';

/** Path of a list; rules name it relative to their own folder. */
export function listPath(name: string): string {
  return `datasets/${name}.lst`;
}

/** A list that rules read: one value a line. */
export class ListFile {
  readonly #path: string;
  readonly #output: Output;
  readonly #file: OutputFile;
  readonly #id: string;

  /** `sids` are those of the rules that read the list, for `explain`. */
  constructor(output: Output, name: string, sids: readonly number[]) {
    this.#path = listPath(name);
    this.#output = output;
    this.#file = output.file(this.#path);
    this.#id = `sid ${sids.join(', ')}`;
  }

  /** Adds a line without its end; it stands for an indicator. */
  add(line: string, indicator: Indicator): void {
    this.#write(line);
    this.#output.placed?.(indicator, { file: this.#path, id: this.#id, text: line });
  }

  /** As {@link add}, for any number of indicators. */
  addFor(indicators: readonly Indicator[], line: string): void {
    this.#write(line);
    if (this.#output.placed === undefined) return;
    for (const indicator of indicators) this.#output.placed(indicator, { file: this.#path, id: this.#id, text: line });
  }

  #write(line: string): void {
    this.#file.write(`${line}\n`);
    this.#file.count(1);
  }
}
