import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PipelineConfig, pipelineError, type RunReport, systemClock } from '@misp-pipeline/core';
import { RecordingLogger, startLoopback } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { aRunReport } from '../../testing/made-up-report.ts';
import { folder, notifying, operated } from '../../testing/operated-config.ts';
import { OperationStore } from '../metrics/operation-store.ts';
import { observedRun } from './observed-run.ts';

const { signal } = new AbortController();

async function observe(config: PipelineConfig, run: () => Promise<RunReport>) {
  const { logger, lines } = new RecordingLogger();
  const result = await observedRun(config, { runId: 'run-1', clock: systemClock, logger, signal }, run).catch(
    (error: unknown) => error,
  );
  return { result, lines };
}

const succeed = async () => aRunReport();
const failWith = (error: unknown) => async (): Promise<RunReport> => {
  throw error;
};

describe('observedRun', () => {
  it('counts on in the file of metrics from one process to the next', async () => {
    const file = join(folder, 'test.prom');
    const config = operated({ metrics: { file } });
    await observe(config, succeed);
    await observe(config, failWith(pipelineError('SOURCE_UNREACHABLE', { source: 'cert', why: 'no route' })));
    await observe(config, succeed);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('misp_pipeline_runs_total{pipeline="test",result="success"} 2\n');
    expect(text).toContain('misp_pipeline_runs_total{pipeline="test",result="failure"} 1\n');
    expect(text).toContain('misp_pipeline_last_exit_code{pipeline="test"} 0\n');
    expect(statSync(file).mode & 0o777).toBe(0o644);
  });

  it('remembers what guards objected to when they refuse', async () => {
    const findings = [{ id: 'withdrawn:suricata', message: 'too many', accepted: false }];
    const refusal = Object.assign(pipelineError('GUARD_REFUSED', { findings }), { context: { findings } });
    const { result } = await observe(operated(), failWith(refusal));
    expect(result).toBe(refusal);
    expect(new OperationStore(operated().state).read()).toMatchObject({
      runs: { guard: 1, failure: 0 },
      lastRun: { runId: 'run-1', exitCode: 8, code: 'GUARD_REFUSED', guard: { withdrawn: 1 } },
    });
  });

  it('shows in the metrics that an engine did not confirm', async () => {
    const file = join(folder, 'test.prom');
    const refused = pipelineError('RELOAD_FAILED', { exporter: 'suricata', messages: ['no answer'], restored: 'all' });
    await observe(operated({ metrics: { file } }), succeed);
    await observe(operated({ metrics: { file } }), failWith(refused));
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('misp_pipeline_reload_confirmed{pipeline="test",exporter="suricata"} 0\n');
    expect(text).toContain('misp_pipeline_last_exit_code{pipeline="test"} 11\n');
  });

  it('keeps no account of a run that was told to stop', async () => {
    await observe(operated(), failWith(pipelineError('INTERRUPTED', {})));
    expect(new OperationStore(operated().state).read().lastRun).toBeUndefined();
  });

  it.each([
    ['a success', succeed, aRunReport()],
    ['a failure', failWith(pipelineError('INTERRUPTED', {})), pipelineError('INTERRUPTED', {})],
    ['an unexpected failure', failWith(new TypeError('x')), new TypeError('x')],
  ])('leaves %s what it is, when nothing of the account can be kept', async (_, run, result) => {
    const gone = await startLoopback(() => {});
    await gone.close();
    writeFileSync(operated().state, 'a file where a folder should be');
    const metrics = { file: join(folder, 'no such folder/test.prom') };
    const observed = await observe(operated({ metrics, notify: notifying(gone.url) }), run);
    expect(observed.result).toEqual(result);
  });

  it('logs what could not be kept', async () => {
    const metrics = { file: join(folder, 'no such folder/test.prom') };
    const { lines } = await observe(operated({ metrics }), succeed);
    expect(lines).toEqual([expect.stringMatching(/^error `metrics.file` is not written: ENOENT/)]);
  });
});
