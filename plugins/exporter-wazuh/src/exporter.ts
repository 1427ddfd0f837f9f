import {
  type Collected,
  type Drop,
  type Exporter,
  INDICATOR_KINDS,
  type Indicator,
  inject,
  injectable,
  Options,
  type Output,
} from '@misp-pipeline/core';
import { isPlain } from './cdb.ts';
import type { CdbList } from './cdb-list.ts';
import { configurationLines } from './configuration.ts';
import { SURICATA_DNS_DECODER } from './decoders.ts';
import { countNetworkKeys } from './keys/network.ts';
import { ListKeys } from './list-keys.ts';
import { writeList } from './list-writer.ts';
import { LOG_SOURCES } from './log-sources/all.ts';
import { type LogSource, listsOf } from './look-up.ts';
import type { WazuhOptions } from './options.ts';
import { refusal } from './refusal.ts';
import { ruleFile } from './rules.ts';

/**
 * Writes rules that are the same in every run, and the lists in which they look up the fields of events. Every list
 * that a rule names is written, also an empty one: the manager drops a rule whose list is missing.
 */
@injectable()
export class WazuhExporter implements Exporter {
  readonly #options: WazuhOptions;

  constructor(@inject(Options) options: WazuhOptions) {
    this.#options = options;
  }

  render(indicators: Collected, output: Output, skip: Drop): void {
    const logSources = LOG_SOURCES.filter(({ id }) => this.#options.logsources.includes(id));
    const lists = listsOf(logSources);
    const networks = this.#networksWithinLimit(indicators.ofKind('cidr'), skip);
    const offered: Collected['ofKind'] = (kind) => (kind === 'cidr' ? networks : indicators.ofKind(kind));
    const filled = lists.map((list) => new ListKeys(list));
    for (const kind of INDICATOR_KINDS) {
      const takers = filled.filter(({ list }) => list.kinds.includes(kind));
      fill(takers, offered(kind), skip);
    }
    for (const keys of filled) writeList(keys, offered, output);
    this.#writeConfiguration(logSources, lists, output);
  }

  /** The networks that fit into the limit, in their own order; the others are skipped. */
  #networksWithinLimit(networks: readonly Indicator[], skip: Drop): readonly Indicator[] {
    let keys = 0;
    return networks.filter((network) => {
      const wanted = countNetworkKeys(network.value);
      if (keys + wanted > this.#options.networkKeys) {
        skip(network, 'over-budget:cidr', 'all networks together would take more list keys than `networkKeys` allows');
        return false;
      }
      keys += wanted;
      return true;
    });
  }

  #writeConfiguration(logSources: readonly LogSource[], lists: readonly CdbList[], output: Output): void {
    const rules = ruleFile(logSources, this.#options);
    const file = output.file('rules/misp_pipeline_rules.xml');
    file.write(rules.text);
    file.count(rules.rules);
    output.file('ossec.conf.snippet.xml').write(configurationLines(lists));
    if (logSources.some(({ id }) => id === 'suricata')) {
      output.file('decoders/misp_pipeline_decoders.xml').write(SURICATA_DNS_DECODER);
    }
  }
}

/** Adds indicators to the lists that take their kind; those that none of them has a key for are skipped. */
function fill(lists: readonly ListKeys[], indicators: readonly Indicator[], skip: Drop): void {
  for (const indicator of indicators) {
    const plain = isPlain(indicator.value);
    let isListed = false;
    for (const list of lists) if (list.add(indicator, plain)) isListed = true;
    if (isListed) continue;
    const { reason, detail } = refusal(indicator);
    skip(indicator, reason, detail);
  }
}
