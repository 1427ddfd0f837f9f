import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { RunReport } from '@misp-pipeline/core';
import { describe, expect, it } from 'vitest';
import { aRunReport, aSource } from '../../testing/made-up-report.ts';
import type { PipelineStatus } from './family.ts';
import { metricsText } from './metrics-text.ts';
import { afterRun, NO_RUNS, type OperationState } from './operation-state.ts';
import type { Outcome } from './outcome.ts';

const RUN = {
  runId: 'run-1',
  startedAt: new Date('2026-11-24T12:00:00Z'),
  finishedAt: new Date('2026-11-24T12:00:10.5Z'),
};
const NOW = new Date('2026-11-24T12:30:00Z');
const hideNothing = (text: string) => text;

const FULL = aRunReport();

function after(...outcomes: readonly Outcome[]): OperationState {
  return outcomes.reduce((state, outcome) => afterRun(state, outcome, RUN, hideNothing), NO_RUNS);
}

const success = (report: RunReport): Outcome => ({ result: 'success', report });
const failure = (result: 'failure' | 'guard', exitCode: number): Outcome => {
  const guard = [{ id: 'empty:suricata', message: 'would be empty', accepted: false }];
  return { result, failure: { code: 'CODE', exitCode, message: '', hint: undefined, guard, unconfirmed: undefined } };
};

function text(state: OperationState, daemon?: PipelineStatus['daemon']): Promise<string> {
  return metricsText([{ name: 'test', state, daemon }], NOW);
}

const IN_DAEMON = { nextRun: new Date('2026-11-24T12:35:00Z'), running: false, ready: true, staleSince: NOW };

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

describe('metricsText', () => {
  it('says all of a successful run', async () => {
    const lines = (await text(after(success(FULL)), IN_DAEMON)).split('\n').filter((line) => /^[^#]/.test(line));
    expect(lines).toMatchInlineSnapshot(`
      [
        "misp_pipeline_runs_total{pipeline="test",result="success"} 1",
        "misp_pipeline_runs_total{pipeline="test",result="failure"} 0",
        "misp_pipeline_runs_total{pipeline="test",result="guard"} 0",
        "misp_pipeline_runs_total{pipeline="test",result="skipped"} 0",
        "misp_pipeline_run_duration_seconds{pipeline="test"} 10.5",
        "misp_pipeline_last_run_timestamp_seconds{pipeline="test"} 1795521610.5",
        "misp_pipeline_last_success_timestamp_seconds{pipeline="test"} 1795521610.5",
        "misp_pipeline_last_exit_code{pipeline="test"} 0",
        "misp_pipeline_guard_findings{pipeline="test",guard="withdrawn"} 1",
        "misp_pipeline_guard_findings{pipeline="test",guard="stale"} 1",
        "misp_pipeline_config_stale{pipeline="test"} 1",
        "misp_pipeline_next_run_timestamp_seconds{pipeline="test"} 1795523700",
        "misp_pipeline_source_records{pipeline="test",source="cert"} 1900",
        "misp_pipeline_source_records{pipeline="test",source="osint"} 512",
        "misp_pipeline_source_indicators{pipeline="test",source="cert"} 1810",
        "misp_pipeline_source_indicators{pipeline="test",source="osint"} 491",
        "misp_pipeline_source_problems{pipeline="test",source="cert"} 0",
        "misp_pipeline_source_problems{pipeline="test",source="osint"} 1",
        "misp_pipeline_data_as_of_timestamp_seconds{pipeline="test",source="cert"} 1795496531",
        "misp_pipeline_data_age_seconds{pipeline="test",source="cert"} 26869",
        "misp_pipeline_rejected{pipeline="test",source="cert",reason="rejected:invalid-host"} 4",
        "misp_pipeline_rejected{pipeline="test",source="cert",reason="skipped:to_ids"} 180",
        "misp_pipeline_rejected{pipeline="test",source="osint",reason="skipped:to_ids"} 30",
        "misp_pipeline_dropped{pipeline="test",filter="warninglists",exporter="",reason="warninglist:amazon-aws"} 188",
        "misp_pipeline_dropped{pipeline="test",filter="warninglists",exporter="",reason="warninglist:tranco"} 512",
        "misp_pipeline_dropped{pipeline="test",filter="tlp",exporter="",reason="tlp:red"} 211",
        "misp_pipeline_dropped{pipeline="test",filter="tlp",exporter="sigma",reason="tlp:amber"} 520",
        "misp_pipeline_skipped{pipeline="test",exporter="suricata",reason="refused:suricata"} 1",
        "misp_pipeline_skipped{pipeline="test",exporter="suricata",reason="unsupported:imphash"} 28",
        "misp_pipeline_skipped{pipeline="test",exporter="sigma",reason="unsupported:ja3"} 11",
        "misp_pipeline_artefact_bytes{pipeline="test",exporter="suricata"} 411844",
        "misp_pipeline_artefact_bytes{pipeline="test",exporter="sigma"} 61013",
        "misp_pipeline_quarantined{pipeline="test",exporter="suricata"} 1",
        "misp_pipeline_quarantined{pipeline="test",exporter="sigma"} 0",
        "misp_pipeline_changes{pipeline="test",exporter="suricata",change="added"} 120",
        "misp_pipeline_changes{pipeline="test",exporter="suricata",change="changed"} 4",
        "misp_pipeline_changes{pipeline="test",exporter="suricata",change="withdrawn"} 31",
        "misp_pipeline_changes{pipeline="test",exporter="sigma",change="added"} 0",
        "misp_pipeline_changes{pipeline="test",exporter="sigma",change="changed"} 0",
        "misp_pipeline_changes{pipeline="test",exporter="sigma",change="withdrawn"} 0",
        "misp_pipeline_exported{pipeline="test",exporter="suricata"} 1293",
        "misp_pipeline_exported{pipeline="test",exporter="sigma"} 801",
        "misp_pipeline_generation_info{pipeline="test",exporter="suricata",generation="f8d365177df1f265"} 1",
        "misp_pipeline_generation_info{pipeline="test",exporter="sigma",generation="91cb00fca08368a0"} 1",
        "misp_pipeline_reload_confirmed{pipeline="test",exporter="suricata"} 1",
        "misp_pipeline_published_to_live_seconds_bucket{le="600",pipeline="test"} 20",
        "misp_pipeline_published_to_live_seconds_bucket{le="3600",pipeline="test"} 70",
        "misp_pipeline_published_to_live_seconds_bucket{le="86400",pipeline="test"} 120",
        "misp_pipeline_published_to_live_seconds_bucket{le="+Inf",pipeline="test"} 120",
        "misp_pipeline_published_to_live_seconds_sum{pipeline="test"} 260000",
        "misp_pipeline_published_to_live_seconds_count{pipeline="test"} 120",
      ]
    `);
  });

  it('leaves to the daemon what only the daemon knows', async () => {
    expect(await text(after(success(FULL)))).not.toMatch(/config_stale|next_run|data_age/);
  });

  it('says nothing of a stage that is gone', async () => {
    const renamed = aRunReport({ sources: [aSource({ id: 'renamed', rejected: {} })] });
    const now = await text(after(success(FULL), success(renamed)), IN_DAEMON);
    expect(now).toContain('source="renamed"');
    expect(now).not.toMatch(/cert|osint/);
  });

  it('keeps the numbers of the last success when a run fails', async () => {
    const now = await text(after(success(FULL), failure('guard', 8), failure('failure', 5)));
    expect(now).toContain('misp_pipeline_runs_total{pipeline="test",result="guard"} 1');
    expect(now).toContain('misp_pipeline_runs_total{pipeline="test",result="failure"} 1');
    expect(now).toContain('misp_pipeline_last_exit_code{pipeline="test"} 5');
    expect(now).toContain('misp_pipeline_guard_findings{pipeline="test",guard="empty"} 1');
    expect(now).toContain('misp_pipeline_exported{pipeline="test",exporter="suricata"} 1293');
  });

  it('adds up the latencies of all runs', async () => {
    const now = await text(after(success(FULL), success(aRunReport({ latency: undefined })), success(FULL)));
    expect(now).toContain('_seconds_bucket{le="600",pipeline="test"} 40');
    expect(now).toContain('_seconds_bucket{le="+Inf",pipeline="test"} 240');
    expect(now).toContain('_seconds_sum{pipeline="test"} 520000');
  });

  it('bounds what strangers can write into labels', async () => {
    const nasty = Object.fromEntries(
      Array.from({ length: 5000 }, (_, i) => [`warninglist:"\\\n\x1b${'x'.repeat(i % 300)}\ud800 ${i}`, 1]),
    );
    const now = await text(after(success(aRunReport({ sources: [aSource({ rejected: { ...nasty, common: 9 } })] }))));
    const series = now.split('\n').filter((line) => line.startsWith('misp_pipeline_rejected{'));
    expect(series.length).toBeLessThanOrEqual(51);
    expect(series.join()).toContain('reason="common"} 9');
    expect(series.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)).toBe(5009);
    expect(Math.max(...series.map((line) => line.length))).toBeLessThan(250);
    expect(now).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
  });

  it('masks a secret in a reason', () => {
    const report = aRunReport({ sources: [aSource({ rejected: { 'rejected:key-CANARY': 1 } })] });
    const hide = (secret: string) => secret.replaceAll('CANARY', '***');
    expect(JSON.stringify(afterRun(NO_RUNS, success(report), RUN, hide))).not.toContain('CANARY');
  });

  it.skipIf(!hasPromtool)('is accepted by promtool (needs promtool)', async () => {
    const nasty = aRunReport({ ...FULL, sources: [aSource({ rejected: { 'a"\\\n\x1b': 1, 'b\u202e': 2 } })] });
    for (const state of [NO_RUNS, after(success(FULL)), after(success(nasty), failure('guard', 8))]) {
      for (const daemon of [undefined, IN_DAEMON]) {
        const { status, stderr, stdout } = spawnSync('promtool', ['check', 'metrics'], {
          input: await text(state, daemon),
          encoding: 'utf8',
        });
        expect({ status, said: stderr + stdout }).toEqual({ status: 0, said: '' });
      }
    }
  });

  it('is documented, name by name', async () => {
    const page = readFileSync(new URL('../../../../docs/monitoring.md', import.meta.url), 'utf8');
    const names = (await text(after(success(FULL)), IN_DAEMON)).matchAll(/^# TYPE (\S+)/gm);
    const documented = [...page.matchAll(/^\| `(misp_pipeline_\w+)/gm)].map(([, name]) => name);
    expect(documented.sort()).toEqual([...names].map(([, name]) => name).sort());
  });
});
