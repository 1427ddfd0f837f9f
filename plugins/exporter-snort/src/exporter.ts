import {
  type Collected,
  type Drop,
  type Exporter,
  type Indicator,
  inject,
  injectable,
  Options,
  type Output,
  Services,
  type StageServices,
} from '@misp-pipeline/core';
import { openSids, RuleFile } from '@misp-pipeline/ids-rules';
import { Budget } from './budget.ts';
import { type Detection, Detections, indicatorsOf } from './detection.ts';
import type { Dialect } from './dialect.ts';
import { formsOf, ruleCount } from './form.ts';
import { ListFile } from './list-file.ts';
import type { SnortOptions } from './options.ts';
import { ADDRESSES, HASHES, LIST_MANIFEST, LIST_MANIFEST_TEXT, RULES, SNIPPET } from './paths.ts';
import { refusal } from './refusal.ts';
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
    const { version } = this.#options;
    const addresses = new ListFile(output, ADDRESSES);
    const hashes = new ListFile(output, HASHES);
    const detections = new Detections((indicator) => ruleCount(indicator, this.#dialect));
    for (const indicator of indicators) {
      const reason = refusal(indicator, version);
      if (reason !== undefined) skip(indicator, reason);
      else if (indicator.kind === 'sha256') hashes.add(indicator);
      else if (isAddress(indicator) && indicator.port === undefined) addresses.add(indicator);
      else detections.add(indicator);
    }
    this.#writeRules(detections.list, output, skip);
    if (!addresses.isEmpty) this.#writeReputation(output);
    output.file(SNIPPET[version]).write(snippet(version, { addresses: !addresses.isEmpty, hashes: !hashes.isEmpty }));
  }

  #writeRules(detections: readonly Detection[], output: Output, skip: Drop): void {
    const { version, limit } = this.#options;
    const sids = openSids(this.#options, this.#services);
    const comment = `misp-pipeline, for Snort ${version === 3 ? '3' : '2.9'}`;
    const file = new RuleFile(output, RULES, sids, comment);
    const budget = new Budget(detections, limit);
    for (const detection of detections) {
      const { first, others } = detection;
      if (budget.take(detection)) {
        const indicators = indicatorsOf(detection);
        for (const rule of rulesOf(detection, formsOf(first, this.#dialect))) file.addFor(indicators, rule);
      } else {
        skip(first, 'budget:rules');
        if (others !== undefined) for (const other of others) skip(other, 'budget:rules');
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
