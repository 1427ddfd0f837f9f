import { pipelineError } from '../errors.ts';
import { GenerationFolder, type Publication } from '../output/generation.ts';
import { type Manifest, named } from '../output/manifest.ts';
import { StagedOutput } from '../output/staging.ts';
import type { CheckReport, Staged } from '../plugin.ts';
import type { Branch } from './branch.ts';
import type { Collected } from './collected.ts';
import { Heap } from './heap.ts';
import { ReasonCounter } from './reasons.ts';
import type { ExporterReport } from './report.ts';
import type { Progress, Trace } from './trace.ts';

export interface RenderOptions {
  readonly collectedOf: (branch: Branch) => Collected;
  readonly pipeline: string;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  readonly trace: Trace | undefined;
  readonly progress: Progress | undefined;
  readonly guarded: <T>(what: string, action: () => Promise<T>) => Promise<T>;
}

/** An exporter's files, complete but not live yet. */
export interface StagedExport extends Omit<ExporterReport, 'published'> {
  readonly folder: GenerationFolder;
  readonly manifest: Manifest;
  readonly keep: number;
}

/** Lets every exporter write its files and every engine look at them, before any of them goes live. */
export async function renderAll(branches: readonly Branch[], options: RenderOptions): Promise<StagedExport[]> {
  const staged: StagedExport[] = [];
  const heap = new Heap();
  try {
    for (const branch of branches) {
      heap.tidy();
      staged.push(await renderOne(branch, options));
    }
    return staged;
  } catch (error) {
    if (!options.dryRun) for (const { config } of branches) new GenerationFolder(config.dir).discard();
    throw error;
  }
}

async function renderOne(branch: Branch, options: RenderOptions): Promise<StagedExport> {
  const collected = options.collectedOf(branch);
  const { config, exporter } = branch;
  const { id } = config;
  const { trace } = options;
  options.progress?.exporter(id);
  const folder = new GenerationFolder(config.dir);
  const guarded = <T>(action: () => Promise<T>) => options.guarded(`exporter ${id}`, action);
  const dir = options.dryRun ? undefined : await guarded(async () => folder.stage());
  const output = new StagedOutput(id, dir, trace && ((indicator, at) => trace.placed(id, indicator, at)));
  const skipped = new ReasonCounter();
  await guarded(async () =>
    exporter.render(collected, output, (indicator, reason, detail) => {
      skipped.add(reason);
      trace?.skipped(id, indicator, reason, detail);
    }),
  );
  if (skipped.total > collected.size) {
    throw pipelineError('EXPORTER_SKIPPED_TWICE', { exporter: id, collected: collected.size, skipped: skipped.total });
  }
  const files = await guarded(() => output.finish());
  const exported = collected.size - skipped.total;
  const plugin = config.resolved.plugin.name;
  const counts = { exported, skipped: skipped.toJSON() };
  const manifest = named({ pipeline: options.pipeline, exporter: id, plugin, ...counts, files });
  const check =
    dir === undefined ? undefined : await checked(branch, { dir, files: files.map(({ path }) => path) }, options);
  const { added: passed } = branch.collector;
  return { id, plugin, passed, merged: collected.size, ...counts, files, check, folder, manifest, keep: config.keep };
}

async function checked(
  { config, exporter }: Branch,
  staged: Staged,
  options: RenderOptions,
): Promise<CheckReport | undefined> {
  if (exporter.check === undefined) return undefined;
  const report = await options.guarded(`check of exporter ${config.id}`, async () =>
    exporter.check?.(staged, options.signal),
  );
  if (report?.accepted === false) {
    throw pipelineError('ENGINE_REFUSED', { exporter: config.id, engine: report.engine, messages: report.messages });
  }
  return report;
}

/** Makes everything live, one exporter after the other. */
export function publishAll(staged: readonly StagedExport[]): ExporterReport[] {
  return staged.map((one) => reportOf(one, one.folder.publish(one.manifest, one.keep)));
}

/** What is said of an exporter; `published` is left out when nothing went live. */
export function reportOf(staged: StagedExport, published?: Publication): ExporterReport {
  const { folder: _folder, manifest: _manifest, keep: _keep, ...report } = staged;
  return { ...report, published };
}
