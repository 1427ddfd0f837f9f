import type { Indicator, Output, StageServices } from '@misp-pipeline/core';
import { type Place, shows } from '../subject/subject.ts';
import type { Exclusion } from '../validation-config.ts';
import type { Bucket } from './bucket.ts';
import { complaintsAbout } from './complaints.ts';
import { type Evidence, EvidenceReader } from './evidence.ts';
import type { Placeholders } from './placeholders.ts';
import type { Planned } from './plan.ts';
import { detectionText, ruleText } from './rule.ts';
import type { RuleSet } from './rule-set.ts';
import { type Selection, selections } from './selection.ts';
import { ruleId } from './uuid.ts';
import { sigmaText } from './value.ts';

/** A rule that stands in a file. */
export interface WrittenRule {
  readonly id: string;
  readonly path: string;
  readonly place: Place;
  readonly planned: Planned;
  readonly evidence: Evidence;
}

/** Writes the rules of a bucket, one for each place. */
export class RuleWriter {
  /** What validators must be told about the rules written so far. */
  readonly exclusions: Exclusion[] = [];
  readonly #output: Output;
  readonly #exporter: string;
  readonly #evidence: EvidenceReader;
  readonly #placeholders: Placeholders | undefined;
  readonly #kept: string[] | undefined;

  /**
   * @param placeholders where values stand instead of in the rules
   * @param kept where the texts of the rules are kept, besides in their files
   */
  constructor(output: Output, services: StageServices, placeholders?: Placeholders, kept?: string[]) {
    this.#output = output;
    this.#exporter = services.id;
    this.#evidence = new EvidenceReader(services.now);
    this.#placeholders = placeholders;
    this.#kept = kept;
  }

  *write(planned: Planned): Generator<WrittenRule> {
    const { subject, places, set, bucket } = planned;
    const evidence = this.#evidence.read(bucket.items);
    const name = ruleName(planned);
    const listed = selections(bucket.items, subject.leaves);
    const written = listed.map((selection) => this.#placeholders?.instead(selection, name) ?? selection);
    const complaints = new Map(written.map((selection) => [selection, this.#complaintsAbout(selection)]));
    const ending = titleEnding(set, bucket);
    for (const place of places) {
      const shown = written.filter(({ leaf }) => shows(place, leaf));
      if (shown.length === 0) continue;
      const id = ruleId(`${this.#exporter}/${place.logSource.id}/${name}`);
      const path = `rules/${place.logSource.id}/${place.logSource.prefix}misp_${name}.yml`;
      const { level, tlp } = set;
      const { tags } = place;
      const { falsePositives } = subject;
      const description = `Detects ${place.detects}`;
      const head = { id, title: place.title + ending, description, level, tlp, evidence, tags, falsePositives };
      const text = ruleText(head, place.logSource, detectionText(place, shown));
      const file = this.#output.file(path);
      file.write(text);
      file.count(1);
      this.#excuse(
        id,
        set,
        shown.flatMap((selection) => complaints.get(selection) ?? []),
      );
      this.#tellPlaces(planned, place, shown, path, id);
      this.#kept?.push(text);
      yield { id, path, place, planned, evidence };
    }
  }

  /** Placeholders draw no complaints. */
  #complaintsAbout({ values }: Selection): readonly string[] {
    return this.#placeholders === undefined ? complaintsAbout(values) : [];
  }

  #excuse(id: string, { tlp }: RuleSet, complaints: readonly string[]): void {
    const validators = [...new Set(complaints)].sort();
    // Made for the public repository, where every rule is TLP:CLEAR.
    if (tlp !== undefined && tlp !== 'clear') validators.push('sigmahq_tags_tlp');
    if (validators.length > 0) this.exclusions.push({ id, validators });
  }

  #tellPlaces({ subject, bucket }: Planned, place: Place, shown: readonly Selection[], file: string, id: string): void {
    if (this.#output.placed === undefined) return;
    const byName = new Map(shown.map((selection) => [selection.leaf.name, selection]));
    for (const indicator of bucket.items) {
      const leaf = subject.leaves(indicator).find((leaf) => shows(place, leaf));
      if (leaf === undefined) continue;
      const placeholder = byName.get(leaf.name)?.leaf.modifier === '|expand' ? byName.get(leaf.name)?.yaml : undefined;
      this.#output.placed(indicator, { file, id, text: placeholder?.trim() ?? sigmaText(leaf.value) });
    }
  }
}

/** What tells a rule from others of its log source, of letters, digits and `_`. */
function ruleName({ subject, set: { level, tlp }, bucket: { bits, part } }: Planned): string {
  const name = `${subject.id}_${level}_${tlp === undefined ? 'unmarked' : tlp.replace('+', '_')}`;
  return name + (bits === '' ? '' : `_${bits}`) + (part === 1 ? '' : `_${part}`);
}

/** End of a title, which makes it unique: ` - High TLP:CLEAR Set 0110`. */
function titleEnding({ level, tlp }: RuleSet, { bits, part }: Bucket<Indicator>): string {
  const label = tlp === undefined ? 'Unmarked' : `TLP:${tlp.toUpperCase()}`;
  const title = ` - ${level.charAt(0).toUpperCase()}${level.slice(1)} ${label}`;
  return title + (bits === '' ? '' : ` Set ${bits}`) + (part === 1 ? '' : ` Part ${part}`);
}
