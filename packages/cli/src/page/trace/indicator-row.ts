import type { Indicator } from '@misp-pipeline/core';
import type { Row } from './row.ts';

/** Organisations named in a row. */
const ORGANISATIONS_SHOWN = 3;

type Verdict = Pick<Row, 'state' | 'reason' | 'detail' | 'stage' | 'exporters'>;

/** The row of an indicator about which a stage has decided. */
export function rowOf(indicator: Indicator, verdict: Verdict): Omit<Row, 'value'> {
  const { kind, tlp = '', origins } = indicator;
  const organisations = new Set(origins.map(({ event }) => event.org).filter((org) => org !== ''));
  const org = [...organisations].slice(0, ORGANISATIONS_SHOWN).join(', ');
  const event = origins[0]?.event.title ?? '';
  return { ...{ kind, event, org, tlp, count: 1 }, ...verdict };
}

/** The value, with the port that belongs to it. */
export function valueText({ value, port }: Indicator): string {
  if (port === undefined) return value;
  return value.includes(':') ? `[${value}]:${port}` : `${value}:${port}`;
}
