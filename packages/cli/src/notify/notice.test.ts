import { describe, expect, it } from 'vitest';
import { anExporter, aRunReport, quarantining } from '../../testing/made-up-report.ts';
import type { Told } from '../metrics/operation-state.ts';
import type { Outcome } from '../metrics/outcome.ts';
import { noticesOf, stillTold } from './notice.ts';

const quarantined = (count: number): Outcome => {
  const exporters = [anExporter({ check: quarantining(count) })];
  return { result: 'success', report: aRunReport({ exporters }) };
};
const SUCCESS = quarantined(0);
const QUARANTINE = quarantined(7);
const failed = (result: 'failure' | 'guard' | 'skipped', code: string): Outcome => {
  return { result, failure: { code, exitCode: 5, message: 'm', hint: 'h', guard: [], unconfirmed: undefined } };
};

describe('noticesOf', () => {
  it.each<[string, Outcome, Told, string[]]>([
    ['a first failure', failed('failure', 'A'), {}, ['failure']],
    ['the same failure again', failed('failure', 'A'), { trouble: 'failure A' }, []],
    ['another failure', failed('failure', 'B'), { trouble: 'failure A' }, ['failure']],
    ['a refusal after a failure', failed('guard', 'A'), { trouble: 'failure A' }, ['guard']],
    ['a skipped run', failed('skipped', 'LOCK_HELD'), {}, []],
    ['a success', SUCCESS, {}, []],
    ['a success after trouble', SUCCESS, { trouble: 'failure A' }, ['recovery']],
    ['a quarantine', QUARANTINE, {}, ['quarantine']],
    ['the same quarantine again', QUARANTINE, { quarantine: '7 of suricata' }, []],
    ['another quarantine', QUARANTINE, { quarantine: '6 of suricata' }, ['quarantine']],
    ['a quarantine after trouble', QUARANTINE, { trouble: 'guard A' }, ['recovery', 'quarantine']],
  ])('tells of %s', (_, outcome, told, events) => {
    expect(noticesOf(outcome, told).map(({ event }) => event)).toEqual(events);
  });
});

describe('stillTold', () => {
  it('forgets a quarantine that has ended, so that it is news when it comes again', () => {
    const told = { quarantine: '7 of suricata' };
    expect(stillTold(SUCCESS, told).quarantine).toBeUndefined();
    expect(stillTold(failed('failure', 'A'), told)).toEqual(told);
    expect(stillTold(QUARANTINE, told)).toEqual(told);
  });
});
