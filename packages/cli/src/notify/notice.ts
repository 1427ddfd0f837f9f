import type { GuardFinding, NotifyOptions, RunReport } from '@misp-pipeline/core';
import type { Told } from '../metrics/operation-state.ts';
import type { Outcome } from '../metrics/outcome.ts';
import { quarantinedIn } from '../metrics/run-digest.ts';

/** Something that somebody may want to be told. */
export interface Notice {
  readonly event: NotifyOptions['on'][number];
  /** Code of the error; undefined after a success. */
  readonly code: string | undefined;
  readonly exitCode: number;
  readonly message: string;
  readonly hint: string | undefined;
  readonly guard: readonly GuardFinding[];
  /** What to remember of it once it has arrived. */
  readonly remember: Told;
}

/**
 * What there is to tell after a run. A trouble that goes on is told once: again only when its kind changes, or when the
 * notice did not arrive.
 */
export function noticesOf(outcome: Outcome, told: Told): Notice[] {
  if (outcome.result === 'skipped') return [];
  if (outcome.result === 'success') return [...recovery(outcome.report, told), ...quarantine(outcome.report, told)];
  const { result: event, failure } = outcome;
  const trouble = `${event} ${failure.code}`;
  return trouble === told.trouble ? [] : [{ ...failure, event, remember: { trouble } }];
}

/** What is still true of what was told: a quarantine that has ended is news when it comes again. */
export function stillTold(outcome: Outcome, told: Told): Told {
  const hasEnded = outcome.result === 'success' && quarantinesOf(outcome.report) === '';
  return hasEnded ? { ...told, quarantine: undefined } : told;
}

function recovery(report: RunReport, { trouble }: Told): Notice[] {
  if (trouble === undefined) return [];
  const message = `a run succeeded again after: ${trouble}`;
  return [{ ...success(report), event: 'recovery', message, remember: { trouble: undefined } }];
}

function quarantine(report: RunReport, told: Told): Notice[] {
  const quarantined = quarantinesOf(report);
  if (quarantined === '' || quarantined === told.quarantine) return [];
  const message = `indicators that engines refused were left out: ${quarantined}`;
  return [{ ...success(report), event: 'quarantine', message, remember: { quarantine: quarantined } }];
}

/** Such as `7 of suricata, 1 of snort`. */
function quarantinesOf({ exporters }: RunReport): string {
  const counts = exporters.map((exporter) => ({ id: exporter.id, count: quarantinedIn(exporter) }));
  return counts.flatMap(({ id, count }) => (count === 0 ? [] : [`${count} of ${id}`])).join(', ');
}

function success({ guard }: RunReport): Omit<Notice, 'event' | 'message' | 'remember'> {
  return { code: undefined, exitCode: 0, hint: undefined, guard };
}
