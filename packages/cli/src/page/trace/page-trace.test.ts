import { makeIndicator } from '@misp-pipeline/core';
import { anEvent, anIndicator, anOrigin } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { PageTrace } from './page-trace.ts';

const domain = anIndicator('domain', 'a.example');

describe('PageTrace', () => {
  it('counts an indicator once however often it is placed', () => {
    const trace = new PageTrace();
    for (const exporter of ['suricata', 'suricata', 'sigma']) trace.placed(exporter, domain);
    const { rows, tallies } = trace.observations();
    expect(rows.map(({ value, exporters, count }) => ({ value, exporters, count }))).toEqual([
      { value: 'a.example', exporters: ['suricata', 'sigma'], count: 2 },
    ]);
    expect(tallies.kinds.map(({ name, counts }) => [name, Object.fromEntries(counts)])).toEqual([
      ['domain', { suricata: 1, sigma: 1 }],
    ]);
  });

  it('takes the last word when files are written again', () => {
    const trace = new PageTrace();
    trace.writing('suricata');
    trace.placed('suricata', domain);
    trace.writing('suricata');
    trace.skipped('suricata', domain, 'refused:suricata', 'bad rule');
    expect(trace.observations().rows.map(({ state, reason, detail }) => [state, reason, detail])).toEqual([
      ['skipped', 'refused:suricata', 'bad rule'],
    ]);
    trace.writing('suricata');
    trace.placed('suricata', domain);
    expect(trace.observations().rows.map(({ state }) => state)).toEqual(['exported']);
  });

  it('counts an indicator for each organisation and source that vouches for it', () => {
    const origins = [
      anOrigin({ source: 'cert', event: anEvent({ org: 'CIRCL' }) }),
      anOrigin({ source: 'osint', event: anEvent({ org: 'CIRCL' }) }),
      anOrigin({ source: 'osint', event: anEvent({ org: '' }) }),
    ];
    const trace = new PageTrace();
    trace.placed('sigma', makeIndicator({ kind: 'domain', value: 'a.example', origins }));
    const { tallies } = trace.observations();
    expect(tallies.organisations.map(({ name }) => name)).toEqual(['(none)', 'CIRCL']);
    expect(tallies.sources.map(({ name }) => name)).toEqual(['cert', 'osint']);
    expect(tallies.labels.map(({ name }) => name)).toEqual(['unmarked']);
  });

  it('joins drops of the same value at the same stage for the same reason', () => {
    const trace = new PageTrace();
    trace.dropped('tlp', undefined, domain, 'tlp:red');
    trace.dropped('tlp', undefined, domain, 'tlp:red');
    trace.dropped('tlp', 'sigma', domain, 'tlp:red');
    expect(trace.observations().rows.map(({ stage, count }) => [stage, count])).toEqual([
      ['tlp', 2],
      ['sigma.tlp', 1],
    ]);
  });

  it('keeps a bounded number of rows of each state, of bounded length', () => {
    const trace = new PageTrace(5);
    const long = 'x'.repeat(100_000);
    for (let i = 0; i < 50; i++) {
      const indicator = anIndicator('filename', `${i}${long}`);
      trace.placed('suricata', indicator);
      trace.dropped('tlp', undefined, indicator, 'tlp:red', long);
      trace.skipped('snort', indicator, 'unsupported:filename', long);
      trace.rejected('cert', 'rejected:invalid-host', { value: `${i}${long}`, place: long });
      trace.rejected('cert', 'withdrawn:deleted', { value: `${i}${long}`, place: long });
    }
    const { rows, withdrawn } = trace.observations();
    expect(rows).toHaveLength(25);
    expect(withdrawn).toBe(50);
    expect(JSON.stringify(rows).length).toBeLessThan(25 * 1000);
  });

  it('knows the strictest label that was read', () => {
    const trace = new PageTrace();
    for (const tlp of ['green', 'red', 'amber'] as const) trace.normalised('cert', anIndicator('domain', tlp, { tlp }));
    expect(trace.observations()).toMatchObject({ strictest: 'red', hasUnmarked: false });
    trace.normalised('cert', anIndicator('domain', 'unmarked.example', { tlp: undefined }));
    expect(trace.observations()).toMatchObject({ strictest: 'red', hasUnmarked: true });
  });
});
