import type { IndicatorIdentity } from '@misp-pipeline/core';

/** What is said of the end of the traffic that an indicator is about: `destination`, `port 443`, both or nothing. */
export function endpointWords({ direction, port }: Pick<IndicatorIdentity, 'direction' | 'port'>): string[] {
  return [direction, port === undefined ? undefined : `port ${port}`].filter((word) => word !== undefined);
}
