import { Collector } from '@misp-pipeline/core';
import { anIndicator } from '@misp-pipeline/testing';
import { expect, it } from 'vitest';
import { Listed } from './listed.ts';
import { RuleRuns } from './rule-runs.ts';

it('stops between two rules when it is interrupted', async () => {
  const indicator = anIndicator('domain', 'evil.example');
  const trials = ['a', 'b', 'c'].map((rule) => ({ indicator, logSource: 'dns', rule, probes: [] }));
  const runs = new RuleRuns(trials, new Map(), new Listed(new Collector().collected()));
  const interrupt = new AbortController();
  setImmediate(() => interrupt.abort(new Error('enough')));
  await expect(runs.verdicts(interrupt.signal)).rejects.toThrow('enough');
  await expect(runs.benignHits(interrupt.signal)).rejects.toThrow('enough');
  runs.close();
});
