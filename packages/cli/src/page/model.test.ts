import { describe, expect, it } from 'vitest';
import { aRunReport } from '../../testing/made-up-report.ts';
import { aPageTrace } from '../../testing/made-up-trace.ts';
import { funnelSteps } from './funnel-steps.ts';
import { pageModel, verdictOf } from './model.ts';

describe('the model of the page', () => {
  const model = pageModel(aRunReport(), aPageTrace().observations());

  it('has every loss with its stage, the most frequent first', () => {
    expect(model.losses[0]).toEqual({ state: 'dropped', stage: 'sigma.tlp', reason: 'tlp:amber', count: 520 });
    const total = model.losses.reduce((sum, { count }) => sum + count, 0);
    expect(total).toBe(214 + 911 + 520 + 29 + 11);
  });

  it('counts drops by warninglist', () => {
    expect(model.warninglists).toEqual([
      ['tranco', 512],
      ['amazon-aws', 188],
    ]);
  });

  it('says how much of what happened the list of values lacks', () => {
    const exported = model.listed.find(({ state }) => state === 'exported');
    expect(exported).toEqual({ state: 'exported', listed: 80, total: 1293 + 801 });
  });

  it('calls exported what was published, and nothing else', () => {
    const guard = [{ id: 'empty:suricata', message: 'nothing left', accepted: false }];
    const statesOf = (fields: Parameters<typeof aRunReport>[0]) =>
      new Set(pageModel(aRunReport(fields), aPageTrace().observations()).rows.map(({ state }) => state));
    expect(statesOf({})).toEqual(new Set(['exported', 'dropped', 'skipped', 'rejected', 'withdrawn']));
    for (const fields of [{ guard }, { dryRun: true }])
      expect(statesOf(fields)).toEqual(new Set(['unpublished', 'dropped', 'skipped', 'rejected', 'withdrawn']));
    const { listed } = pageModel(aRunReport({ guard }), aPageTrace().observations());
    expect(listed[0]).toEqual({ state: 'unpublished', listed: 80, total: 1293 + 801 });
  });

  it('draws the funnel as bars within the bars before', () => {
    const steps = funnelSteps(aRunReport());
    expect(steps.map(({ label, count }) => `${label} ${count}`)).toEqual([
      'read 2412',
      'rejected 214',
      'normalised 2301',
      'dropped 911',
      'passed 1390',
      'merged away 68',
      'merged 1322',
      'exported to suricata 1293',
      'skipped by suricata 29',
      'exported to sigma 801',
      'skipped by sigma 11',
    ]);
    const dropped = steps.find(({ label }) => label === 'dropped');
    expect(dropped && [dropped.from, dropped.to]).toEqual([1390, 2301]);
  });

  it('calls a run refused when a guard is not accepted, before anything else', () => {
    const finding = { id: 'empty:suricata', message: 'nothing left', accepted: false };
    expect(verdictOf(aRunReport({ guard: [finding] })).text).toBe('Refused by a guard: nothing was published');
    expect(verdictOf(aRunReport({ guard: [finding], dryRun: true })).text).toBe('Dry run: a guard would refuse this');
    expect(verdictOf(aRunReport({ dryRun: true })).text).toContain('Dry run');
    expect(verdictOf(aRunReport()).text).toBe('Published');
  });
});
