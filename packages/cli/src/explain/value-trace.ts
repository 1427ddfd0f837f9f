import { type Indicator, indicatorKey, type Placement, type RejectedRecord, type Trace } from '@misp-pipeline/core';
import { candidatesOf } from '@misp-pipeline/misp';

type Candidate = ReturnType<typeof candidatesOf>[number];

/** What a stage decided about one indicator. */
export interface Step {
  readonly stage: string;
  readonly verdict: 'passed' | 'dropped';
  readonly reason?: string | undefined;
  readonly detail?: string | undefined;
}

/** The way of one indicator of one attribute. */
export interface Journey {
  readonly kind: string;
  readonly value: string;
  readonly direction: Indicator['direction'];
  readonly port: number | undefined;
  readonly tlp: string | undefined;
  readonly severity: string;
  readonly tags: readonly string[];
  readonly source: string;
  readonly event: { readonly uuid: string; readonly title: string; readonly date: string; readonly org: string };
  readonly attribute: string;
  readonly type: string;
  readonly comment: string;
  readonly steps: Step[];
}

export interface Artefact extends Placement {
  readonly exporter: string;
  readonly indicator: string;
}

export interface Skip {
  readonly exporter: string;
  readonly indicator: string;
  readonly reason: string;
  readonly detail: string | undefined;
}

export type Verdict = 'published' | 'skipped' | 'dropped' | 'rejected' | 'absent';

/** All that a run has to say of a value. */
export interface Explanation {
  readonly value: string;
  /** Canonical forms that were looked for. */
  readonly lookedFor: readonly Candidate[];
  readonly verdict: Verdict;
  readonly journeys: readonly Journey[];
  readonly rejected: readonly (RejectedRecord & { readonly source: string; readonly reason: string })[];
  readonly artefacts: readonly Artefact[];
  readonly skipped: readonly Skip[];
}

/** Watches a run for one value, in any spelling of it. */
export class ValueTrace implements Trace {
  readonly #value: string;
  /** What every spelling of the value contains: reading each rejected record in full would take too long. */
  readonly #core: string;
  readonly #candidates: readonly Candidate[];
  readonly #wanted: ReadonlySet<string>;
  readonly #journeys = new Map<string, Journey>();
  readonly #rejected: Explanation['rejected'][number][] = [];
  #artefacts: Artefact[] = [];
  #skipped: Skip[] = [];

  constructor(value: string) {
    this.#value = value;
    this.#candidates = candidatesOf(value);
    this.#core = coreOf(value);
    this.#wanted = new Set(this.#candidates.map(({ kind, value: text }) => `${kind}:${text}`));
  }

  rejected(source: string, reason: string, record: RejectedRecord): void {
    const names = [record.value, ...record.value.split('|')];
    if (names.some((name) => this.#isSpelling(name))) this.#rejected.push({ source, reason, ...record });
  }

  normalised(source: string, indicator: Indicator): void {
    if (!this.#isWanted(indicator)) return;
    for (const origin of indicator.origins) {
      const { kind, value, direction, port, tlp, severity, tags } = indicator;
      const { uuid, title, date, org } = origin.event;
      this.#journeys.set(journeyKey(indicator), {
        ...{ kind, value, direction, port, tlp, severity, tags, source },
        event: { uuid, title, date, org },
        ...{ attribute: origin.attribute, type: origin.type, comment: origin.comment, steps: [] },
      });
    }
  }

  passed(filter: string, exporter: string | undefined, indicator: Indicator): void {
    this.#step(indicator, { stage: stageName(filter, exporter), verdict: 'passed' });
  }

  dropped(filter: string, exporter: string | undefined, indicator: Indicator, reason: string, detail?: string): void {
    this.#step(indicator, { stage: stageName(filter, exporter), verdict: 'dropped', reason, detail });
  }

  writing(exporter: string): void {
    this.#artefacts = this.#artefacts.filter((artefact) => artefact.exporter !== exporter);
    this.#skipped = this.#skipped.filter((skip) => skip.exporter !== exporter);
  }

  skipped(exporter: string, indicator: Indicator, reason: string, detail?: string): void {
    if (this.#isWanted(indicator)) this.#skipped.push({ exporter, indicator: indicatorKey(indicator), reason, detail });
  }

  placed(exporter: string, indicator: Indicator, placement: Placement): void {
    if (this.#isWanted(indicator)) this.#artefacts.push({ exporter, indicator: indicatorKey(indicator), ...placement });
  }

  explanation(): Explanation {
    return {
      value: this.#value,
      lookedFor: this.#candidates,
      verdict: this.#verdict(),
      journeys: [...this.#journeys.values()],
      rejected: this.#rejected,
      artefacts: this.#artefacts,
      skipped: this.#skipped,
    };
  }

  #verdict(): Verdict {
    if (this.#artefacts.length > 0) return 'published';
    if (this.#skipped.length > 0) return 'skipped';
    if (this.#journeys.size > 0) return 'dropped';
    return this.#rejected.length > 0 ? 'rejected' : 'absent';
  }

  #isWanted({ kind, value }: Indicator): boolean {
    return this.#wanted.has(`${kind}:${value}`);
  }

  #isSpelling(text: string): boolean {
    if (!text.toLowerCase().includes(this.#core)) return false;
    return text === this.#value || candidatesOf(text).some(({ kind, value }) => this.#wanted.has(`${kind}:${value}`));
  }

  #step(indicator: Indicator, step: Step): void {
    if (this.#isWanted(indicator)) this.#journeys.get(journeyKey(indicator))?.steps.push(step);
  }
}

/** Before collect each indicator has one origin, so the attribute tells journeys of the same value apart. */
function journeyKey(indicator: Indicator): string {
  return `${indicatorKey(indicator)} ${indicator.origins[0]?.source} ${indicator.origins[0]?.event.uuid} ${indicator.origins[0]?.attribute}`;
}

function stageName(filter: string, exporter: string | undefined): string {
  return exporter === undefined ? filter : `${exporter}.${filter}`;
}

/** The longest run of letters and digits; nothing for an IDN, whose spellings share none. */
function coreOf(value: string): string {
  const text = value.toLowerCase();
  if (/xn--|[^\x00-\x7f]/.test(text)) return '';
  return (text.match(/[a-z0-9]+/g) ?? []).reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}
