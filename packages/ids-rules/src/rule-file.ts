import type { IdBook, Indicator, Output, OutputFile } from '@misp-pipeline/core';

/** What a rule says, without its number. */
export interface RuleForm {
  /** Action, protocol, addresses and ports: `alert dns any any -> any any`. */
  readonly header: string;
  /** Everything between the brackets but sid and rev, each option ending in `;`. */
  readonly options: string;
}

/** A rule before it has its number. */
export interface Rule extends RuleForm {
  /** Identity of the rule: the indicator's key and the form, such as `domain:evil.example dns`. */
  readonly key: string;
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
    return this.addEither(rule.key, [rule], indicators);
  }

  /**
   * Writes a rule in several forms, one for each version of the engine, of which any engine loads exactly one. They
   * share a sid and count as one rule. Returns the sid.
   */
  addEither(key: string, forms: readonly RuleForm[], indicators: readonly Indicator[]): number {
    const unnumbered = forms.map(({ header, options }) => `${header} (${options})`);
    const { id, revision } = this.#sids.assign(key, unnumbered.join('\n'));
    this.#file.count(1);
    for (const { header, options } of forms) {
      const text = `${header} (${options} sid:${id}; rev:${revision};)`;
      this.#file.write(`${text}\n`);
      if (this.#output.placed === undefined) continue;
      for (const indicator of indicators) this.#output.placed(indicator, { file: this.#path, id: `sid ${id}`, text });
    }
    return id;
  }
}
