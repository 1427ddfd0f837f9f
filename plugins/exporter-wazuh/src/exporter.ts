import {
  type Collected,
  type Drop,
  type Exporter,
  type Indicator,
  inject,
  Options,
  type Output,
} from '@misp-pipeline/core';
import { type CdbList, listKeys } from './cdb-list.ts';
import { configurationLines } from './configuration.ts';
import { SURICATA_DNS_DECODER } from './decoders.ts';
import { networkFault, networkKeys } from './keys/network.ts';
import { writeList } from './list-writer.ts';
import { LOG_SOURCES } from './log-sources/index.ts';
import { listsOf } from './look-up.ts';
import type { WazuhOptions } from './options.ts';
import { refusal } from './refusal.ts';
import { ruleFile } from './rules.ts';

/**
 * Writes rules that are the same in every run, and the lists in which they look up the fields of events. Every list
 * that a rule names is written, also an empty one: the manager drops a rule whose list is missing.
 */
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
    for (const kind of INDICATOR_KINDS) skipUnlisted(lists.filter((list) => list.kinds.includes(kind)), offered(kind), skip);
    for (const list of lists) writeList(list, offered, output);

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
