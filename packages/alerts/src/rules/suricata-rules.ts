import type { GivenIds } from '@misp-pipeline/core';
import type { Alert } from '../alert.ts';
import { ANY_VALUE, meaningOfKey } from './meaning.ts';
import { inRange, type OurRule, type OurRules, type RuleRange } from './our-rules.ts';

export interface SuricataRulesOptions {
  /** The numbers that the pipeline gave; undefined when it has no state folder here. */
  readonly ledger: GivenIds | undefined;
  /** Sids that are ours although the ledger does not know them, such as those that another machine gave. */
  readonly sids?: RuleRange | undefined;
  /** Begins the `msg` of rules that are ours although the ledger does not know them. */
  readonly prefix?: string | undefined;
}

/** Most sids of which is remembered what they mean. */
const REMEMBERED = 100_000;

/** Knows the rules of the Suricata exporter by their sids. */
export class SuricataRules implements OurRules {
  readonly #options: SuricataRulesOptions;
  readonly #known = new Map<number, OurRule | undefined>();

  constructor(options: SuricataRulesOptions) {
    this.#options = options;
  }

  ruleOf({ rule, says }: Alert): OurRule | undefined {
    return this.#inLedger(rule) ?? this.#byOptions(rule, says);
  }

  #inLedger(sid: number): OurRule | undefined {
    if (this.#known.has(sid)) return this.#known.get(sid);
    const found = this.#options.ledger?.find(sid);
    const rule = found && { exporter: found.exporter, meaning: meaningOfKey(found.key) ?? ANY_VALUE };
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(sid, rule);
    return rule;
  }

  #byOptions(sid: number, says: string): OurRule | undefined {
    const { sids, prefix } = this.#options;
    const isOurs = (sids !== undefined && inRange(sid, sids)) || (prefix !== undefined && says.startsWith(prefix));
    return isOurs ? { exporter: undefined, meaning: ANY_VALUE } : undefined;
  }
}
