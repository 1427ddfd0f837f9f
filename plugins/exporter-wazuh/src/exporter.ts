import {
  type CheckReport,
  type Collected,
  type Drill,
  type DrillReport,
  type Drop,
  type Exporter,
  type Indicator,
  inject,
  injectable,
  Options,
  type Output,
  type Published,
  type ReloadReport,
  Services,
  type Staged,
  type StageServices,
} from '@misp-pipeline/core';
import type { CdbList } from './cdb-list.ts';
import { configurationLines } from './configuration.ts';
import { ADDED_FIELDS, JSON_DECODERS } from './decoders.ts';
import { LARGEST_LIST } from './delivery.ts';
import { drillManager } from './drill/drill.ts';
import { checkStaged } from './engine/check.ts';
import { filledLists, type Offered } from './fill.ts';
import { writeIocs } from './iocs.ts';
import { countNetworkKeys } from './keys/network.ts';
import { writeList } from './list-writer.ts';
import { LOG_SOURCES } from './log-sources/all.ts';
import { type LogSource, listsOf } from './look-up.ts';
import { ID_BLOCK, type WazuhOptions } from './options.ts';
import { writePatternRules } from './pattern-rules.ts';
import { refusal } from './refusal.ts';
import { reloadManager } from './reload/reload.ts';
import { withoutRoom } from './room.ts';
import { RULE_FILE, ruleFile } from './rules.ts';

/**
 * Writes rules that are the same in every run, and the lists in which they look up the fields of events. Every list
 * that a rule names is written, also an empty one: the manager drops a rule whose list is missing.
 */
@injectable()
export class WazuhExporter implements Exporter {
  readonly #options: WazuhOptions;
  readonly #services: StageServices;

  constructor(@inject(Options) options: WazuhOptions, @inject(Services) services: StageServices) {
    this.#options = options;
    this.#services = services;
  }

  render(indicators: Collected, output: Output, skip: Drop): void {
    const { delivery, listKeys } = this.#options;
    const logSources = this.#logSources();
    const lists = listsOf(logSources);
    const room = { keys: listKeys, bytes: LARGEST_LIST[delivery] };
    const filled = filledLists(lists, this.#affordable(indicators, skip), delivery, room);
    for (const [indicator, { name }] of filled.cut) {
      skip(indicator, `budget:${name}`, `the list \`${name}\` has no room for it`);
    }
    const found = this.#writePatterns(logSources, filled.offered, output);
    for (const indicator of filled.unlisted) {
      if (found.has(indicator)) continue;
      const { reason, detail } = refusal(indicator, delivery);
      skip(indicator, reason, detail);
    }
    for (const keys of filled.lists) writeList(keys, filled.offered, output);
    this.#writeConfiguration(logSources, lists, output);
    if (!this.#options.iocs) return;
    const unlisted = new Set(filled.unlisted);
    writeIocs((kind) => filled.offered(kind).filter((indicator) => !unlisted.has(indicator)), output);
  }

  check(staged: Staged, signal: AbortSignal): Promise<CheckReport | undefined> {
    return checkStaged(staged, this.#options.engine, this.#isOurRule, signal);
  }

  drill(drill: Drill, signal: AbortSignal): Promise<DrillReport | undefined> {
    const { engine, ruleIds } = this.#options;
    return drillManager(drill, { engine, logSources: this.#logSources(), firstId: ruleIds.first }, signal);
  }

  reload(published: Published, signal: AbortSignal): Promise<ReloadReport | undefined> {
    const { logger } = this.#services;
    const settings = { logSources: this.#logSources(), isOurRule: this.#isOurRule, logger };
    return reloadManager(published, this.#options.reload, settings, signal);
  }

  readonly #isOurRule = (id: number): boolean => {
    const { first } = this.#options.ruleIds;
    return id >= first && id < first + ID_BLOCK;
  };

  #logSources(): readonly LogSource[] {
    return LOG_SOURCES.filter(({ id }) => this.#options.logsources.includes(id));
  }

  /** The indicators without the networks that take more keys than networks may; those are skipped. */
  #affordable(indicators: Collected, skip: Drop): Offered {
    const { networkKeys } = this.#options;
    const networks = indicators.ofKind('cidr');
    const dear = new Set(withoutRoom(networks, networkKeys, ({ value }) => countNetworkKeys(value)));
    for (const network of dear) {
      skip(network, 'budget:networks', 'all networks together would take more list keys than `networkKeys` allows');
    }
    const kept = networks.filter((network) => !dear.has(network));
    return (kind) => (kind === 'cidr' ? kept : indicators.ofKind(kind));
  }

  /** Writes the rules that look inside of values, if there are to be any, and returns what they find. */
  #writePatterns(logSources: readonly LogSource[], offered: Offered, output: Output): ReadonlySet<Indicator> {
    const { patterns } = this.#options;
    if (patterns === 0) return new Set();
    const { found, cut } = writePatternRules(logSources, offered, patterns, this.#options, output);
    if (cut > 0)
      this.#services.logger.warn({ cut, patterns }, 'no room for all indicators in rules that look inside of values');
    return found;
  }

  #writeConfiguration(logSources: readonly LogSource[], lists: readonly CdbList[], output: Output): void {
    const rules = ruleFile(logSources, this.#options);
    const file = output.file(RULE_FILE);
    file.write(rules.text);
    file.count(rules.rules);
    output.file('ossec.conf.snippet.xml').write(configurationLines(lists));
    if (logSources.some(({ lookUps }) => lookUps.some(({ field }) => ADDED_FIELDS.includes(field)))) {
      output.file('decoders/misp_pipeline_decoders.xml').write(JSON_DECODERS);
    }
  }
}
