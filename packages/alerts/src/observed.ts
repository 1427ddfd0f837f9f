import type { IndicatorIdentity } from '@misp-pipeline/core';
import type { Query } from '@misp-pipeline/lookup';
import { candidatesOf } from '@misp-pipeline/misp';
import type { Observed } from './alert.ts';
import { SIGHTS } from './sights.ts';

/** What an observed value can be, in the field in which it stands. */
export function readingsOf({ sight, value }: Observed): readonly Query[] {
  const kinds: readonly string[] = SIGHTS[sight];
  return candidatesOf(value).filter(({ kind }) => kinds.includes(kind));
}

/** Whether an address was seen at the end of the traffic, and on the port, that the indicator is about. */
export function fits({ direction, port }: IndicatorIdentity, observed: Observed): boolean {
  if (observed.sight !== 'address') return true;
  const isSameEnd = direction === undefined || observed.direction === undefined || direction === observed.direction;
  return isSameEnd && (port === undefined || observed.port === undefined || port === observed.port);
}
