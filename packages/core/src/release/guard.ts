import type { GuardOptions } from '../config/operation.ts';
import type { ExporterChanges, GuardFinding, SourceReport } from '../run/report.ts';
import { secondsOfSpan } from '../span.ts';

export interface Guarded {
  readonly options: GuardOptions;
  readonly sources: readonly SourceReport[];
  /** What changes, by exporter. */
  readonly changes: ReadonlyMap<string, ExporterChanges>;
  /** Indicators of a source that would be withdrawn and that nothing was heard of. */
  readonly goneOf: (source: string) => number;
  /** The release that a rollback took away, when this one would bring the very same back. */
  readonly rolledBack: number | undefined;
  readonly now: Date;
  /** Ids of findings that the user accepts, such as `withdrawn:suricata`, or all of one guard, such as `withdrawn`. */
  readonly accept: readonly string[];
}

/** What the guards object to, in a fixed order. */
export function guardFindings(guarded: Guarded): GuardFinding[] {
  const found = [...sourceFindings(guarded), ...exporterFindings(guarded), ...rollbackFindings(guarded)];
  return found.map(([id, message]) => ({ id, message, accepted: isAccepted(id, guarded.accept) }));
}

/** Whether a finding, or its guard as a whole, is among what is accepted. */
export function isAccepted(id: string, accept: readonly string[]): boolean {
  return accept.some((name) => id === name || id.startsWith(`${name}:`));
}

type Finding = readonly [id: string, message: string];

function* sourceFindings({ options, sources, goneOf, now }: Guarded): Generator<Finding> {
  for (const { id, problems, asOf } of sources) {
    const missing = problems.length === 1 ? 'a part' : `${problems.length} parts`;
    const gone = goneOf(id);
    if (problems.length > 0 && options.incomplete === 'always')
      yield [`incomplete:${id}`, `${missing} could not be read`];
    else if (problems.length > 0 && gone > 0 && options.incomplete === 'withdrawing')
      yield [`incomplete:${id}`, `${missing} could not be read, and ${gone} of its indicators would be withdrawn`];
    const { maxAge } = options;
    if (maxAge === undefined || asOf === undefined) continue;
    if (now.getTime() - Date.parse(asOf) > secondsOfSpan(maxAge) * 1000)
      yield [
        `stale:${id}`,
        `its origin last confirmed its data at ${asOf}, longer ago than \`maxAge\` (${maxAge}) allows`,
      ];
  }
}

function* exporterFindings({ options, changes }: Guarded): Generator<Finding> {
  for (const [id, { before, after, withdrawn, added }] of changes) {
    if (options.empty && before > 0 && after === 0)
      yield [`empty:${id}`, `none of its ${plain(before)} indicators would stay`];
    else if (withdrawn > Math.max(options.from, before * options.withdrawn))
      yield [
        `withdrawn:${id}`,
        `${plain(withdrawn)} of ${plain(before)} indicators would be withdrawn, more than ${plain(options.withdrawn * 100)} %`,
      ];
    if (before > 0 && added > Math.max(options.from, before * options.added))
      yield [
        `added:${id}`,
        `${plain(added)} indicators would come to ${plain(before)}, more than ${plain(options.added)} times as many`,
      ];
  }
}

function* rollbackFindings({ rolledBack }: Guarded): Generator<Finding> {
  if (rolledBack !== undefined)
    yield ['rolled-back', `this would bring back release ${rolledBack}, which was rolled back`];
}

function plain(value: number): string {
  return value.toLocaleString('en');
}
