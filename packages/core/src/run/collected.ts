import type { Indicator, IndicatorKind } from '../indicator.ts';

/**
 * The indicators that reached an exporter: merged by kind, value, direction and port, in an order that depends on them
 * alone (kind, then direction, port and value by code unit), so that the same set gives the same output however it was
 * read.
 */
export interface Collected extends Iterable<Indicator> {
  /** Number of indicators. */
  readonly size: number;
  /** The indicators of one kind, in order; empty when there are none. */
  ofKind(kind: IndicatorKind): readonly Indicator[];
}
