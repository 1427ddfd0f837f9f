import { setImmediate as eventLoopTurn } from 'node:timers/promises';
import type { BenignHit, DrillResult, Indicator } from '@misp-pipeline/core';
import { grouped } from '../grouped.ts';
import { benignRecords } from './benign.ts';
import type { Listed } from './listed.ts';
import { LogTable } from './log-table.ts';
import type { Probe } from './probes.ts';
import type { RuleQuery } from './queries.ts';

/** An indicator in one rule, with the records that prove it. */
export interface Trial {
  readonly indicator: Indicator;
  /** Id of the log source; empty when it is none of ours. */
  readonly logSource: string;
  /** Id of the rule. */
  readonly rule: string;
  readonly probes: readonly Probe[];
}

export type Verdict = Pick<DrillResult, 'verdict' | 'why'>;

/** Runs each rule on the records that are meant for it, and on the harmless ones of its log source. */
export class RuleRuns {
  readonly #queries: ReadonlyMap<string, RuleQuery>;
  readonly #listed: Listed;
  readonly #table: LogTable;
  /** Record numbers of a trial's probes, in their order. */
  readonly #numbers = new Map<Trial, readonly number[]>();
  readonly #trials: ReadonlyMap<string, readonly Trial[]>;
  readonly #benign = new Map<number, { readonly what: string; readonly record: Probe['record'] }>();

  constructor(trials: readonly Trial[], queries: ReadonlyMap<string, RuleQuery>, listed: Listed) {
    this.#queries = queries;
    this.#listed = listed;
    this.#trials = grouped(trials, ({ rule }) => rule);
    const benign = benignRecords();
    const records = [...trials.flatMap(({ probes }) => probes), ...benign].map(({ record }) => record);
    const asked = [...queries.values()].flatMap(({ columns }) => columns);
    this.#table = new LogTable(new Set([...records.flatMap((record) => Object.keys(record)), ...asked]));
    for (const trial of trials) {
      this.#numbers.set(
        trial,
        trial.probes.map(({ record }) => this.#table.add(trial.rule, record)),
      );
    }
    for (const { logSource, what, record } of benign)
      this.#benign.set(this.#table.add(logSource, record), { what, record });
    this.#table.index();
  }

  /** What became of each trial. */
  async verdicts(signal: AbortSignal): Promise<ReadonlyMap<Trial, Verdict>> {
    const verdicts = new Map<Trial, Verdict>();
    for (const [rule, trials] of this.#trials) {
      await heeded(signal);
      const fired = this.#run(rule, rule);
      for (const trial of trials) verdicts.set(trial, this.#verdictOn(trial, fired));
    }
    return verdicts;
  }

  /** Harmless records on which a rule fires, although no indicator stands for them. */
  async benignHits(signal: AbortSignal): Promise<{ readonly hits: readonly BenignHit[]; readonly records: number }> {
    const hits: BenignHit[] = [];
    for (const [rule, [trial]] of this.#trials) {
      await heeded(signal);
      const logSource = trial?.logSource ?? '';
      for (const number of this.#run(rule, logSource) ?? []) {
        const { what = '', record = {} } = this.#benign.get(number) ?? {};
        if (!this.#listed.explains(record, logSource)) hits.push({ probe: what, detection: `rule ${rule}` });
      }
    }
    return { hits, records: this.#benign.size };
  }

  close(): void {
    this.#table.close();
  }

  /** Undefined when SQLite cannot run the rule. */
  #run(rule: string, group: string): ReadonlySet<number> | undefined {
    const query = this.#queries.get(rule);
    if (query === undefined) return undefined;
    try {
      return new Set(this.#table.matches(query, group));
    } catch {
      return undefined; // A function that only other databases have, such as REGEXP.
    }
  }

  #verdictOn(trial: Trial, fired: ReadonlySet<number> | undefined): Verdict {
    const { indicator, probes, rule, logSource } = trial;
    // Rules of ours are all such as SQLite can run: one that it cannot is a conversion gone wrong.
    if (fired === undefined)
      return { verdict: indicator.kind === 'rule-sigma' ? 'unprovable' : 'failed', why: 'SQLite cannot run its rule' };
    if (probes.length === 0) return { verdict: 'unprovable', why: 'no record is known that shows it to its rule' };
    const numbers = this.#numbers.get(trial) ?? [];
    const wrong = probes.find(
      ({ mustFire, record }, i) =>
        mustFire !== fired.has(numbers[i] ?? -1) && (mustFire || !this.#listed.explains(record, logSource, indicator)),
    );
    if (wrong === undefined) return { verdict: 'proven' };
    const why = `rule ${rule} ${wrong.mustFire ? 'is silent' : 'fires'} on ${JSON.stringify(wrong.record)}`;
    return { verdict: doubtful(indicator) === undefined ? 'failed' : 'unprovable', why: doubtful(indicator) ?? why };
  }
}

/** Lets an interruption come through, which waits while SQLite runs. */
async function heeded(signal: AbortSignal): Promise<void> {
  await eventLoopTurn();
  signal.throwIfAborted();
}

/** Why a wrong outcome says nothing of a rule. */
function doubtful({ kind, value }: Indicator): string | undefined {
  if (kind === 'cidr' && value.includes(':')) return 'the conversion to SQL compares IPv6 networks as text';
  if (kind === 'rule-sigma') return 'no record could be made from it that it fires on';
  return undefined;
}
