import type { IdBook, Indicator, Output, OutputFile } from '@misp-pipeline/core';

/** A rule before it has its number. */
export interface Rule {
  /** Identity of the rule: the indicator's key and the form, such as `domain:evil.example dns`. */
  readonly key: string;
  /** Action, protocol, addresses and ports: `alert dns any any -> any any`. */
  readonly header: string;
  /** Everything between the brackets but sid and rev, each option ending in `;`. */
  readonly options: string;
}

/** Writes rules to one file, numbered from the ledger. */
export class RuleFile {
  readonly #path: string;
  readonly #output: Output;
  readonly #file: OutputFile;
  readonly #sids: IdBook;

  constructor(output: Output, path: string, sids: IdBook, comment: string) {
    this.#path = path;
    this.#output = output;
    this.#file = output.file(path);
    this.#sids = sids;
    this.#file.write(`# ${comment}\n`);
  }

  /** Writes one rule and returns its sid. `indicators` are those that it detects, for `explain`. */
  add(rule: Rule, ...indicators: readonly Indicator[]): number {
    return this.addFor(indicators, rule);
  }

  /** As {@link add}, for any number of indicators. */
  addFor(indicators: readonly Indicator[], rule: Rule): number {
    this.#file.count(1);
    return this.#write(indicators, rule);
  }

  /**
   * Writes two rules of which any engine loads exactly one, since they require different versions: together they count
   * as one. Returns their sids, which differ, since rule managers keep only one of two rules with one sid.
   */
  addEither(first: Rule, second: Rule, ...indicators: readonly Indicator[]): readonly [number, number] {
    return [this.addFor(indicators, first), this.#write(indicators, second)];
  }

  #write(indicators: readonly Indicator[], { key, header, options }: Rule): number {
    const body = `${header} (${options})`;
    const { id, revision } = this.#sids.assign(key, body);
    // Its digest has made the body one piece, so what is cut from it is cheap to write.
    const text = `${body.slice(0, -1)} sid:${id}; rev:${revision};)`;
    this.#file.write(`${text}\n`);
    if (this.#output.placed === undefined) return id;
    for (const indicator of indicators) this.#output.placed(indicator, { file: this.#path, id: `sid ${id}`, text });
    return id;
  }
}
