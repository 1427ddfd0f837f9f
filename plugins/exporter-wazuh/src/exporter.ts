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
import { type CdbList, listKeys } from './cdb-list.ts';
import { configurationLines } from './configuration.ts';
import { SURICATA_DNS_DECODER } from './decoders.ts';
import { countNetworkKeys } from './keys/network.ts';
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
    for (const kind of INDICATOR_KINDS) skipUnlisted(offered(kind), listsFor(lists, kind), skip);
    for (const list of lists) writeList(list, offered, output);
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

function listsFor(lists: readonly CdbList[], kind: Indicator['kind']): readonly CdbList[] {
  return lists.filter((list) => list.kinds.includes(kind));
}

function skipUnlisted(indicators: readonly Indicator[], lists: readonly CdbList[], skip: Drop): void {
  for (const indicator of indicators) {
    if (lists.some((list) => listKeys(list, indicator).length > 0)) continue;
    const { reason, detail } = refusal(indicator);
    skip(indicator, reason, detail);
  }
}
