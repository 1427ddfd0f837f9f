import type { Indicator, Output, StageServices } from '@misp-pipeline/core';
import type { Bucket } from './bucket.ts';
import { EvidenceReader } from './evidence.ts';
import { ruleText } from './rule.ts';
import type { RuleSet } from './rule-set.ts';
import { selections } from './selection.ts';
import type { Place, Subject } from './subject.ts';
import { ruleId } from './uuid.ts';
import type { Exclusion } from './validation-config.ts';
import { sigmaText } from './value.ts';

/** Writes the rules of a bucket, one for each place. */
export class RuleWriter {
  /** What validators must be told about the rules written so far. */
  readonly exclusions: Exclusion[] = [];
  readonly #output: Output;
  readonly #exporter: string;
  readonly #evidence: EvidenceReader;

  constructor(output: Output, services: StageServices) {
    this.#output = output;
    this.#exporter = services.id;
    this.#evidence = new EvidenceReader(services.now);
  }

  write(subject: Subject, places: readonly Place[], set: RuleSet, bucket: Bucket<Indicator>): void {
    const evidence = this.#evidence.read(bucket.items);
    const all = selections(bucket.items, subject.leaves);
    const name = ruleName(subject, set, bucket);
    const ending = titleEnding(set, bucket);
    for (const place of places) {
      const shown = place.portField === undefined ? all.filter((selection) => selection.port === undefined) : all;
      if (shown.length === 0) continue;
      const id = ruleId(`${this.#exporter}/${place.logSource.id}/${name}`);
      const path = `rules/${place.logSource.id}/${place.logSource.prefix}misp_${name}.yml`;
      const file = this.#output.file(path);
      const title = place.title + ending;
      file.write(ruleText({ ...set, id, title, subject, place, evidence, selections: shown }));
      file.count(1);
      if (subject.exclusions.length > 0) this.exclusions.push({ id, validators: subject.exclusions });
      if (this.#output.placed !== undefined) this.#tellPlaces(subject, place, bucket.items, path, id);
    }
  }

  #tellPlaces(subject: Subject, place: Place, indicators: readonly Indicator[], file: string, id: string): void {
    for (const indicator of indicators) {
      const [leaf] = subject.leaves(indicator);
      if (leaf === undefined || (leaf.port !== undefined && place.portField === undefined)) continue;
      this.#output.placed?.(indicator, { file, id, text: sigmaText(leaf.value) });
    }
  }
}

/** What tells a rule from others of its log source, of letters, digits and `_`. */
function ruleName(subject: Subject, { level, tlp }: RuleSet, { bits, part }: Bucket<Indicator>): string {
  const name = `${subject.id}_${level}_${tlp === undefined ? 'unmarked' : tlp.replace('+', '_')}`;
  return name + (bits === '' ? '' : `_${bits}`) + (part === 1 ? '' : `_${part}`);
}

/** End of a title, which makes it unique: ` - High TLP:CLEAR Set 0110`. */
function titleEnding({ level, tlp }: RuleSet, { bits, part }: Bucket<Indicator>): string {
  const label = tlp === undefined ? 'Unmarked' : `TLP:${tlp.toUpperCase()}`;
  const title = ` - ${level.charAt(0).toUpperCase()}${level.slice(1)} ${label}`;
  return title + (bits === '' ? '' : ` Set ${bits}`) + (part === 1 ? '' : ` Part ${part}`);
}
