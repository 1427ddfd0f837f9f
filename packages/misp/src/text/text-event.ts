import type { Indicator, Intake } from '@misp-pipeline/core';
import { nameUuid } from '../name-uuid.ts';
import { Normaliser } from '../normaliser.ts';
import { refangUrl } from '../refang.ts';
import type { Entry, FoundValue } from './entry.ts';
import { wildcards } from './wildcard.ts';

export interface TextEventOptions {
  /** Id of the source in the config. */
  readonly source: string;
  /** Title of the event. */
  readonly name: string;
  readonly tags: readonly string[];
  /** MISP types to take; undefined takes all. */
  readonly types?: readonly string[] | undefined;
  /** Values to leave out, with `*` for anything. */
  readonly exclude: readonly string[];
  /** Where a person finds the text. */
  readonly place: string;
}

/**
 * Makes of a text one event whose attributes are the values found, so that they are normalised, kept and rejected like
 * those of MISP. What is no attribute is accounted for here: `skipped:excluded`, `skipped:repeated`, and the reasons
 * that the reader of the text gives.
 */
export class TextEvent {
  readonly #intake: Intake;
  readonly #normaliser: Normaliser;
  readonly #isExcluded: (value: string) => boolean;
  readonly #place: string;
  readonly #event: object;
  readonly #uuid: string;
  readonly #seen = new Set<string>();
  #line = 0;
  #malformed = 0;

  constructor({ source, name, tags, types, exclude, place }: TextEventOptions, intake: Intake) {
    this.#intake = intake;
    this.#place = place;
    this.#isExcluded = wildcards(exclude);
    this.#uuid = nameUuid('text', source, name);
    this.#event = { uuid: this.#uuid, info: name, Tag: tags.map((tag) => ({ name: tag })) };
    const options = { source, toIds: false, published: false, types: types && new Set(types) };
    this.#normaliser = new Normaliser(options, {
      read: (records) => intake.read(records),
      reject: (reason, { value }) => {
        if (reason.startsWith('rejected:')) this.#malformed++;
        intake.reject(reason, { value, place: this.#placeOfLine() });
      },
      problem: (problem) => intake.problem(problem),
      sync: (report) => intake.sync(report),
      asOf: (time) => intake.asOf(time),
      withdrawn: (reason, record) => intake.withdrawn(reason, record),
    });
  }

  /** Different values so far, whatever the options leave out of them; what cannot be understood is none. */
  get values(): number {
    return this.#seen.size - this.#malformed;
  }

  add(entry: Entry, into: Indicator[]): void {
    this.#line = entry.line;
    if ('reason' in entry) this.#skip(entry.reason, entry.text);
    else this.#addValue(entry, into);
  }

  #addValue(found: FoundValue, into: Indicator[]): void {
    const { type, value, tags = [], comment = '', firstSeen, lastSeen } = found;
    const uuid = nameUuid('attribute', this.#uuid, type, value, comment, ...tags, firstSeen ?? '', lastSeen ?? '');
    const isRepeated = this.#seen.has(uuid);
    this.#seen.add(uuid);
    if (this.#isExcluded(value) || this.#isExcluded(refangUrl(value))) {
      this.#skip('skipped:excluded', value);
      return;
    }
    if (isRepeated) {
      this.#skip('skipped:repeated', value);
      return;
    }
    const attribute = {
      ...{ uuid, type, value, first_seen: firstSeen, last_seen: lastSeen, Event: this.#event },
      comment: comment === '' ? `line ${this.#line}` : `line ${this.#line}: ${comment}`,
      Tag: tags.map((tag) => ({ name: tag })),
    };
    this.#normaliser.addAttribute(attribute, into);
  }

  #skip(reason: string, value: string): void {
    this.#intake.read(1);
    this.#intake.reject(reason, { value, place: this.#placeOfLine() });
  }

  #placeOfLine(): string {
    return `${this.#place}:${this.#line}`;
  }
}
