import {
  type Collected,
  type Drop,
  type Exporter,
  INDICATOR_KINDS,
  inject,
  injectable,
  Options,
  type Output,
  Services,
  type StageServices,
} from '@misp-pipeline/core';
import { buckets } from './bucket.ts';
import { expressible } from './expressible.ts';
import type { SigmaOptions } from './options.ts';
import { ruleSets } from './rule-set.ts';
import { RuleWriter } from './rule-writer.ts';
import { SUBJECTS } from './subjects.ts';
import { validationConfig } from './validation-config.ts';

const KINDS = new Set(SUBJECTS.flatMap((subject) => subject.kinds));

/** Writes rules, one a file, and the config under which `sigma check` accepts them. */
@injectable()
export class SigmaExporter implements Exporter {
  readonly #options: SigmaOptions;
  readonly #services: StageServices;

  constructor(@inject(Options) options: SigmaOptions, @inject(Services) services: StageServices) {
    this.#options = options;
    this.#services = services;
  }

  render(indicators: Collected, output: Output, skip: Drop): void {
    for (const kind of INDICATOR_KINDS) {
      if (KINDS.has(kind)) continue;
      for (const indicator of indicators.ofKind(kind)) skip(indicator, `unsupported:${kind}`);
    }
    const logSources = new Set<string>(this.#options.logsources);
    const writer = new RuleWriter(output, this.#services);
    for (const subject of SUBJECTS) {
      const places = subject.places.filter((place) => logSources.has(place.logSource.id));
      for (const set of ruleSets(expressible(subject, places, indicators, skip))) {
        for (const bucket of buckets(set.indicators, set.hashes, this.#options.chunk)) {
          writer.write(subject, places, set, bucket);
        }
      }
    }
    output.file('sigma_check.yml').write(validationConfig(writer.exclusions));
  }
}
