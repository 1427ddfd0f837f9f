import type { Report, SightingsReport } from '@misp-pipeline/alerts';
import type { ReasonCounter } from '@misp-pipeline/core';
import { counted, plain } from './number.ts';
import { visible } from './visible.ts';

/** A sighting that would be posted. */
export interface PlannedSighting extends Report {
  /** Id of the MISP source that would be told. */
  readonly to: string;
  readonly alerts: number;
}

/** A sighting that would be posted, in a line. */
export function plannedText({ to, attribute, timestamp, source, alerts }: PlannedSighting): string {
  const time = new Date(timestamp * 1000).toISOString();
  return visible(`${to} ${attribute} ${time} "${source}": ${counted(alerts, 'alert')}`);
}

/** What became of the lines of a stream: one count a line, reasons below each other. */
export function sightingsText(report: SightingsReport): string {
  return Object.entries<number | ReasonCounter>({ ...report })
    .flatMap(([what, count]) =>
      typeof count === 'number' ? `${what.padEnd(14)}${plain(count)}` : reasons(what, count),
    )
    .join('\n');
}

function reasons(what: string, counts: ReasonCounter): readonly string[] {
  return Object.entries(counts.toJSON()).map(([reason, count]) => `  ${what} ${visible(reason)}: ${plain(count)}`);
}
