import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipelineError, type ReleaseReport, systemClock } from '@misp-pipeline/core';
import { RecordingLogger } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { aReleaseReport } from '../../testing/made-up-release.ts';
import { aRunReport } from '../../testing/made-up-report.ts';
import { folder, operated } from '../../testing/operated-config.ts';
import { OperationStore } from '../metrics/operation-store.ts';
import { observedRelease } from './observed-release.ts';
import { observedRun } from './observed-run.ts';

const ROLLED_BACK = aReleaseReport('bf9727157d1b9d79', 1204, undefined);
const REFUSED = pipelineError('RELOAD_FAILED', { exporter: 'suricata', messages: ['no answer'], restored: 'all' });

/** The metrics after a run and a release that followed it. */
async function metricsAfter(release: () => Promise<ReleaseReport>): Promise<string> {
  const file = join(folder, 'test.prom');
  const config = operated({ metrics: { file } });
  const { logger } = new RecordingLogger();
  const { signal } = new AbortController();
  await observedRun(config, { runId: 'run-1', clock: systemClock, logger, signal }, async () => aRunReport());
  await observedRelease(config, logger, release).catch(() => undefined);
  return readFileSync(file, 'utf8');
}

describe('observedRelease', () => {
  it('shows in the metrics what is live, and counts no run', async () => {
    const text = await metricsAfter(async () => ROLLED_BACK);
    expect(text.match(/^misp_pipeline_generation_info.*suricata.*$/gm)).toEqual([
      'misp_pipeline_generation_info{pipeline="test",exporter="suricata",generation="bf9727157d1b9d79"} 1',
    ]);
    expect(text).toContain('misp_pipeline_exported{pipeline="test",exporter="suricata"} 1204\n');
    expect(text).toContain('misp_pipeline_runs_total{pipeline="test",result="success"} 1\n');
  });

  it('shows in the metrics that an engine did not confirm', async () => {
    const text = await metricsAfter(() => Promise.reject(REFUSED));
    expect(text).toContain('generation="f8d365177df1f265"} 1\n');
    expect(text).toContain('misp_pipeline_reload_confirmed{pipeline="test",exporter="suricata"} 0\n');
  });

  it('leaves a failure what it is, and changes nothing for one that let nothing go live', async () => {
    const { logger } = new RecordingLogger();
    const stale = pipelineError('PLAN_STALE', { fingerprint: 'f', why: 'it is gone' });
    await expect(observedRelease(operated(), logger, () => Promise.reject(stale))).rejects.toBe(stale);
    expect(new OperationStore(operated().state).read().live).toEqual([]);
  });

  it('leaves a release what it is when it cannot be noted', async () => {
    const { logger, lines } = new RecordingLogger();
    const config = operated({ metrics: { file: join(folder, 'no such folder/test.prom') } });
    expect(await observedRelease(config, logger, async () => ROLLED_BACK)).toBe(ROLLED_BACK);
    expect(lines).toEqual([expect.stringMatching(/^error metrics do not show what is live: ENOENT/)]);
  });
});
