import type { DrillResult, Indicator } from '@misp-pipeline/core';
import type { Probe } from './probes.ts';

/** The rule of ours that took each probe, if any. */
export type Fired = ReadonlyMap<Probe, number | undefined>;

/** What probes say of an indicator. */
export function verdictOn(indicator: Indicator, probes: readonly Probe[], fired: Fired): DrillResult {
  if (probes.length === 0) {
    return { indicator, verdict: 'unprovable', why: 'the manager takes no line of such a log by hand' };
  }
  const wrong = probes.find((probe) => !isRight(probe, fired.get(probe)));
  if (wrong === undefined) return { indicator, verdict: 'proven' };
  const why = `${wrong.what} fired ${nameOf([fired.get(wrong)])} instead of ${nameOf([...wrong.rules])}`;
  return { indicator, verdict: 'failed', why };
}

function isRight({ rules }: Probe, id: number | undefined): boolean {
  return id === undefined ? rules.size === 0 : rules.has(id);
}

function nameOf(rules: readonly (number | undefined)[]): string {
  const ids = rules.filter((id) => id !== undefined);
  return ids.length === 0 ? 'nothing' : `rule ${ids.join(' or ')}`;
}
