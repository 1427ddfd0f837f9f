import type { Indicator } from '../indicator.ts';
import { GenerationFolder } from '../output/generation.ts';
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
export interface StagedExport {
  readonly id: string;
  readonly branch: Branch;
  readonly collected: Collected;
  /** Indicators that do not stand in the files, with the reason. */
  readonly skips: ReadonlyMap<Indicator, string>;
  readonly folder: GenerationFolder;
  readonly manifest: Manifest;
  readonly quarantine: Quarantine;
  readonly refused: Refusals;
  readonly report: WrittenReport;
}

/** What can be said of an exporter before it is known whether its files go live. */
export type WrittenReport = Omit<ExporterReport, 'published' | 'changes' | 'places' | 'reload'>;

/** Lets every exporter write its files and every engine look at them, before any of them goes live. */
export async function renderAll(branches: readonly Branch[], options: ExportOptions): Promise<StagedExport[]> {
  const staged: StagedExport[] = [];
  const heap = new Heap();
  try {
    for (const branch of branches) {
      heap.tidy();
      staged.push(await renderOne(branch, options));
    }
    heap.tidy();
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
  const { files, skipped, skips, refused, outcome } = await writeChecked(rendering, known, options.signal);
  const plugin = config.resolved.plugin.name;
  const counts = { exported: collected.size - skipped.total, skipped: skipped.toJSON() };
  const manifest = named({ pipeline: options.pipeline, exporter: config.id, plugin, ...counts, files });
  await options.rehearse?.(rendering, manifest);
  const { generation } = manifest;
  const report = {
    id: config.id,
    generation,
    base: folder.live(),
    plugin,
    passed: collector.added,
    merged: collected.size,
    ...counts,
    files,
  };
  return {
    ...{ id: config.id, branch, collected, skips, folder, manifest, quarantine, refused },
    report: { ...report, check: outcome },
  };
}
