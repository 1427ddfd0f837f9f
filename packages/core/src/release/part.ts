import type { ExporterConfig } from '../config/config.ts';
import type { ReleasedExporter } from '../history/releases.ts';
import { GenerationFolder, type Publication } from '../output/generation.ts';
import type { Manifest } from '../output/manifest.ts';
import type { Exporter } from '../plugin.ts';

/** One exporter's part in going live. */
export interface Part {
  readonly config: ExporterConfig;
  /** Tells the engine. */
  readonly exporter: Exporter;
  readonly folder: GenerationFolder;
  /** What was live before. */
  readonly base: string | undefined;
  /** What goes live: the name of its folder. */
  readonly generation: string;
  readonly manifest: Manifest;
}

export function hasChanged({ base, generation }: Part): boolean {
  return base !== generation;
}

/** Whether its engine has to be told: of other files, or since nobody knows what it runs (`unsure` names its exporter). */
export function mustBeTold(part: Part, unsure: readonly string[]): boolean {
  return hasChanged(part) || unsure.includes(part.config.id);
}

/** What is said of a part that is live. */
export function publicationOf(part: Part): Publication {
  const { folder, base, generation } = part;
  return { dir: folder.currentDir, generation, previous: base, changed: hasChanged(part) };
}

/** What the history keeps of a part. */
export function released(part: Part, changes: ReleasedExporter['changes']): ReleasedExporter {
  const { config, base, generation, manifest } = part;
  return { id: config.id, dir: config.dir, base, generation, exported: manifest.exported, changes };
}

/** The part that makes an earlier generation live; undefined when it is not there any more as it was written. */
export function partOf(config: ExporterConfig, exporter: Exporter, generation: string): Part | undefined {
  const folder = new GenerationFolder(config.dir);
  const manifest = folder.intact(generation);
  return manifest && { config, exporter, folder, base: folder.live(), generation, manifest };
}
