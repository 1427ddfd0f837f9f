import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
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
  withinBudget,
} from '@misp-pipeline/core';
import { openSids, RuleFile } from '@misp-pipeline/ids-rules';
import { withinRules } from './budget.ts';
import { type Detection, Detections, indicatorsOf } from './detection.ts';
import type { Dialect } from './dialect.ts';
import { checkRules } from './engine/check-rules.ts';
import { drillRules } from './engine/drill-rules.ts';
import { Snort } from './engine/snort.ts';
import { ForeignRules } from './foreign/foreign-rules.ts';
import { formsOf, ruleCount } from './form.ts';
import { writeList } from './list-file.ts';
import type { SnortOptions } from './options.ts';
import { ADDRESSES, HASHES, LIST_MANIFEST, LIST_MANIFEST_TEXT, RULES, SNIPPET } from './paths.ts';
import { refusal } from './refusal.ts';
import { reloadSnort } from './reload/reload-snort.ts';
import { rulesOf } from './rule-text.ts';
import { reputationRules, snippet } from './snippet.ts';
import { snort2 } from './snort2.ts';
import { snort3 } from './snort3.ts';

/** Writes addresses and file digests to lists, and everything else as rules. */
@injectable()
export class SnortExporter implements Exporter {
  readonly #options: SnortOptions;
  readonly #services: StageServices;
  readonly #dialect: Dialect;

  constructor(@inject(Options) options: SnortOptions, @inject(Services) services: StageServices) {
    this.#options = options;
    this.#services = services;
    this.#dialect = options.version === 3 ? snort3 : snort2;
  }

  render(indicators: Collected, output: Output, skip: Drop): void {
    const { version, limit, lists } = this.#options;
    const addresses: Indicator[] = [];
    const digests: Indicator[] = [];
    const detections = new Detections((indicator) => ruleCount(indicator, this.#dialect));
    for (const indicator of indicators) {
      const reason = this.#refusal(indicator);
      if (reason !== undefined) skip(indicator, reason);
      else if (indicator.kind === 'sha256') digests.push(indicator);
      else if (isAddress(indicator) && indicator.port === undefined) addresses.push(indicator);
      else detections.add(indicator);
    }
    writeList(withinBudget(digests, lists.digests), HASHES, output, (one) => skip(one, 'budget:digests'));
    writeList(withinBudget(addresses, lists.addresses), ADDRESSES, output, (one) => skip(one, 'budget:addresses'));
    const { kept, cut } = withinRules(detections.list, limit);
    for (const detection of cut) for (const indicator of indicatorsOf(detection)) skip(indicator, 'budget:rules');
    this.#writeRules(kept, output);
    const written = { addresses: addresses.length > 0, hashes: digests.length > 0 };
    if (written.addresses) this.#writeReputation(output);
    output.file(SNIPPET[version]).write(snippet(version, written));
  }

  async check(staged: Staged, signal: AbortSignal): Promise<CheckReport | undefined> {
    const workDir = await mkdtemp(join(this.#services.stateDir, 'check-'));
    try {
      return await checkRules(staged, new Snort(this.#options, workDir, signal));
    } finally {
      await rm(workDir, { recursive: true, force: true });
    }
  }

  drill(drill: Drill, signal: AbortSignal): Promise<DrillReport | undefined> {
    return drillRules(drill, new Snort(this.#options, drill.workDir, signal), this.#options.sids);
  }

  async reload(published: Published, signal: AbortSignal): Promise<ReloadReport | undefined> {
    const { reload, version } = this.#options;
    return reload === undefined ? undefined : reloadSnort(published, version, reload, signal);
  }

  #refusal(indicator: Indicator): string | undefined {
    if (indicator.kind === 'rule-snort' && !this.#options.foreignRules) return 'skipped:foreignRules';
    return refusal(indicator, this.#options.version);
  }

  #writeRules(detections: readonly Detection[], output: Output): void {
    const sids = openSids(this.#options, this.#services);
    const comment = `misp-pipeline, for Snort ${this.#options.version === 3 ? '3' : '2.9'}`;
    const file = new RuleFile(output, RULES, sids, comment);
    const foreign = this.#options.foreignRules ? new ForeignRules(output, sids) : undefined;
    for (const detection of detections) {
      const { first } = detection;
      if (first.kind === 'rule-snort') foreign?.add(detection);
      else {
        const indicators = indicatorsOf(detection);
        for (const rule of rulesOf(detection, formsOf(first, this.#dialect))) file.addFor(indicators, rule);
      }
    }
  }

  #writeReputation(output: Output): void {
    const file = output.file(RULES);
    for (const rule of reputationRules(this.#options.version)) {
      file.write(`${rule}\n`);
      file.count(1);
    }
    if (this.#options.version === 3) output.file(LIST_MANIFEST).write(LIST_MANIFEST_TEXT);
  }
}

function isAddress({ kind }: Indicator): boolean {
  return kind === 'ipv4' || kind === 'ipv6' || kind === 'cidr';
}
