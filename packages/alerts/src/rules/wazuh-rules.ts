import type { Alert } from '../alert.ts';
import { ANY_VALUE } from './meaning.ts';
import { inRange, type OurRule, type OurRules, type RuleRange } from './our-rules.ts';

/** Blocks of rule ids of the Wazuh exporters of the config. */
export interface RuleBlock extends RuleRange {
  readonly exporter: string | undefined;
}

/** Where the Wazuh exporter's rules lie when nothing is configured. */
export const DEFAULT_BLOCK: RuleBlock = { first: 110_000, last: 110_999, exporter: undefined };

/** Knows the rules of the Wazuh exporter by their ids. What they look up stands in lists, so that any value may be meant. */
export class WazuhRules implements OurRules {
  readonly #blocks: readonly RuleBlock[];

  constructor(blocks: readonly RuleBlock[] = [DEFAULT_BLOCK]) {
    this.#blocks = blocks;
  }

  ruleOf({ rule }: Alert): OurRule | undefined {
    const block = this.#blocks.find((range) => inRange(rule, range));
    return block && { exporter: block.exporter, meaning: ANY_VALUE };
  }
}
