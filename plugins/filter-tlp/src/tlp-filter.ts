import {
  type Batch,
  type Drop,
  type Filter,
  type Indicator,
  inject,
  injectable,
  Options,
  tlpRank,
} from '@misp-pipeline/core';
import type { TlpOptions } from './options.ts';

const TLP_TAG = /^\s*tlp\s*:/i;

/**
 * Holds indicators to a ceiling of the Traffic Light Protocol. A `tlp:` label that the protocol does not define
 * (`unknown`) never passes: its author meant to limit sharing in a way that we do not understand.
 */
@injectable()
export class TlpFilter implements Filter {
  readonly #options: TlpOptions;
  readonly #ceiling: number;
  readonly #unmarkedPasses: boolean;

  constructor(@inject(Options) options: TlpOptions) {
    this.#options = options;
    this.#ceiling = tlpRank(options.max);
    this.#unmarkedPasses = options.unmarked !== 'drop' && tlpRank(options.unmarked) <= this.#ceiling;
  }

  apply(batch: Batch, drop: Drop): Batch {
    const passed = batch.filter((indicator) => this.#passes(indicator));
    if (passed.length === batch.length) return batch;
    for (const indicator of batch) {
      if (!this.#passes(indicator)) drop(indicator, `tlp:${indicator.tlp ?? 'unmarked'}`, this.#explain(indicator));
    }
    return passed;
  }

  #passes({ tlp }: Indicator): boolean {
    if (tlp === undefined) return this.#unmarkedPasses;
    return tlp !== 'unknown' && tlpRank(tlp) <= this.#ceiling;
  }

  #explain({ tlp, tags }: Indicator): string {
    const { max, unmarked } = this.#options;
    if (tlp === undefined) {
      return unmarked === 'drop'
        ? 'no label, and `unmarked` is `drop`'
        : `no label counts as ${unmarked}, above ${max}`;
    }
    const named = tags.filter((tag) => TLP_TAG.test(tag)).map((tag) => `\`${tag}\``);
    const why = tlp === 'unknown' ? 'a label that no version of TLP defines' : `${tlp} is above ${max}`;
    return named.length === 0 ? why : `${why}: ${named.join(', ')}`;
  }
}
