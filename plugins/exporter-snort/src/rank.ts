import { type Indicator, SEVERITIES } from '@misp-pipeline/core';

/** Above every date in Unix seconds; a rank is the severity times this, plus the date. */
const DATES = 2 ** 34;

/** Rank of an indicator: by severity, then by date. */
export function rankOf({ severity, updated = 0 }: Indicator): number {
  return SEVERITIES.indexOf(severity) * DATES + Math.min(Math.max(Math.trunc(updated), 0), DATES - 1);
}
