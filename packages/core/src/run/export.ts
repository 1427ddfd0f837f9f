import { GenerationFolder, type Publication } from '../output/generation.ts';
import { type Manifest, named } from '../output/manifest.ts';
import type { Branch } from './branch.ts';
import { writeChecked } from './check.ts';
import type { Collected } from './collected.ts';
import { Heap } from './heap.ts';
import { Quarantine, type Refusals } from './quarantine.ts';
import { Rendering, type RenderingOptions } from './rendering.ts';
import type { ExporterReport } from './report.ts';
import type { Progress } from './trace.ts';

export interface ExportOptions extends RenderingOptions {
  readonly collectedOf: (branch: Branch) => Collected;
  readonly pipeline: string;
  /** Leave out what the engine refused in the last run, instead of asking it. */
  readonly replay: boolean;
  readonly signal: AbortSignal;
  readonly progress: Progress | undefined;
  /** Called for each exporter when its files are complete. */
  readonly rehearse: Rehearse | undefined;
}

export type Rehearse = (rendering: Rendering, manifest: Manifest) => Promise<void>;

/** An exporter's files, complete but not live yet. */
export interface StagedExport extends Omit<ExporterReport, 'published' | 'changes' | 'reload'> {
  readonly folder: GenerationFolder;
  readonly manifest: Manifest;
  readonly keep: number;
  readonly quarantine: Quarantine;
  readonly refused: Refusals;
}

/** Lets every exporter write its files and every engine look at them, before any of them goes live. */
export async function renderAll(branches: readonly Branch[], options: ExportOptions): Promise<StagedExport[]> {
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

async function renderOne(branch: Branch, options: ExportOptions): Promise<StagedExport> {
  const { config, collector, stateDir } = branch;
  options.progress?.exporter(config.id);
  const collected = options.collectedOf(branch);
  const folder = new GenerationFolder(config.dir);
  const quarantine = new Quarantine(stateDir);
  const known: Refusals = options.replay ? quarantine.load(collected) : new Map();
  const rendering = new Rendering(branch, collected, folder, options);
  const { files, skipped, refused, outcome } = await writeChecked(rendering, known, options.signal);
  const plugin = config.resolved.plugin.name;
  const counts = { exported: collected.size - skipped.total, skipped: skipped.toJSON() };
  const manifest = named({ pipeline: options.pipeline, exporter: config.id, plugin, ...counts, files });
  await options.rehearse?.(rendering, manifest);
  const report = { id: config.id, plugin, passed: collector.added, merged: collected.size, ...counts, files };
  return { ...report, check: outcome, folder, manifest, keep: config.keep, quarantine, refused };
}

/** Makes everything live, one exporter after the other. */
export function publishAll(staged: readonly StagedExport[]): ExporterReport[] {
  return staged.map((one) => {
    one.quarantine.save(one.refused);
    return reportOf(one, one.folder.publish(one.manifest, one.keep));
  });
}

/** What is said of an exporter; `published` is left out when nothing went live. */
export function reportOf(staged: StagedExport, published?: Publication): ExporterReport {
  const { folder: _f, manifest: _m, keep: _k, quarantine: _q, refused: _r, ...report } = staged;
  return { ...report, changes: undefined, published, reload: undefined };
}
