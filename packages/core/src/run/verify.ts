import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PipelineConfig } from '../config/config.ts';
import type { DrillTarget } from '../drill.ts';
import type { Logger } from '../logger.ts';
import type { Manifest } from '../output/manifest.ts';
import type { Rendering } from './rendering.ts';
import { runPipeline } from './run.ts';
import { TargetSample } from './target-sample.ts';
import type { Progress, Trace } from './trace.ts';
import { type ExporterVerification, summaryOf, type VerifyReport } from './verification.ts';

export interface VerifyOptions {
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** Detections to prove for each exporter; Infinity for all. */
  readonly sample: number;
  /** Which ones a sample takes. */
  readonly seed: string;
  /** Ids of the exporters to verify; undefined for all. */
  readonly only?: ReadonlySet<string> | undefined;
  readonly progress?: Progress;
}

/**
 * Proves what is published: repeats the build from the mirrored intelligence to know which indicator stands where, and
 * lets each exporter drill its engine with the live files. Publishes nothing.
 */
export async function verifyPipeline(config: PipelineConfig, options: VerifyOptions): Promise<VerifyReport> {
  const { signal, logger, sample, seed, only, progress } = options;
  const exporters: ExporterVerification[] = [];
  const samples = new Map(config.exporters.map(({ id }) => [id, new TargetSample(sample, seed)]));
  const trace: Trace = {
    ...{ rejected() {}, normalised() {}, passed() {}, dropped() {}, writing() {}, skipped() {} },
    placed: (exporter, indicator, at) => samples.get(exporter)?.add(indicator, at),
  };
  const rehearse = async (rendering: Rendering, manifest: Manifest) => {
    const { id } = rendering.branch.config;
    const targets = samples.get(id)?.targets() ?? [];
    samples.delete(id);
    if (only?.has(id) ?? true) exporters.push(await verified(rendering, manifest, targets, signal));
  };
  await runPipeline(config, { signal, logger, replay: true, trace, rehearse, ...(progress && { progress }) });
  return { pipeline: config.name, passed: exporters.every(isPassed), exporters };
}

function isPassed({ state, failed, benignHits }: ExporterVerification): boolean {
  return failed.length === 0 && benignHits.length === 0 && state !== 'unpublished' && state !== 'outdated';
}

async function verified(
  rendering: Rendering,
  manifest: Manifest,
  targets: readonly DrillTarget[],
  signal: AbortSignal,
): Promise<ExporterVerification> {
  const { branch, collected, folder, options } = rendering;
  const { config, exporter } = branch;
  const dir = folder.liveDir();
  const nothing = {
    ...{ id: config.id, plugin: config.resolved.plugin.name, generation: undefined, engine: undefined },
    ...{ exported: manifest.exported, drilled: 0, kinds: {}, failed: [], unprovable: {} },
    ...{ probes: { mustFire: 0, mustNotFire: 0, benign: 0 }, benignHits: [], seconds: 0 },
  };
  if (dir === undefined) return { ...nothing, state: 'unpublished' };
  const generation = folder.live();
  if (!folder.holds(manifest)) return { ...nothing, state: 'outdated', generation };
  const drill = exporter.drill?.bind(exporter);
  if (drill === undefined) return { ...nothing, state: 'no-drill', generation };
  const workDir = mkdtempSync(join(tmpdir(), 'misp-pipeline-drill-'));
  const start = performance.now();
  try {
    const report = await options.guarded(`drill of exporter ${config.id}`, () =>
      drill({ dir, targets, collected, workDir }, signal),
    );
    const seconds = (performance.now() - start) / 1000;
    if (report === undefined) return { ...nothing, state: 'engine-absent', generation };
    return {
      ...nothing,
      state: 'drilled',
      generation,
      drilled: targets.length,
      ...summaryOf(targets, report),
      seconds,
    };
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}
