import { pipelineError } from '../errors.ts';
import type { Indicator } from '../indicator.ts';
import type { GenerationFolder } from '../output/generation.ts';
import type { ManifestFile } from '../output/manifest.ts';
import type { Placement } from '../output/output.ts';
import { StagedOutput } from '../output/staging.ts';
import type { Branch } from './branch.ts';
import type { Collected } from './collected.ts';
import { type Refusals, without } from './quarantine.ts';
import { ReasonCounter } from './reasons.ts';
import type { Trace } from './trace.ts';

type Placed = (indicator: Indicator, at: Placement) => void;

export interface RenderingOptions {
  readonly dryRun: boolean;
  readonly trace: Trace | undefined;
  readonly guarded: <T>(what: string, action: () => Promise<T>) => Promise<T>;
}

/** The files of one rendering. */
export interface Rendered {
  /** Folder that holds them; undefined in a dry run. */
  readonly dir: string | undefined;
  readonly files: readonly ManifestFile[];
  readonly skipped: ReasonCounter;
  /** Each indicator that was skipped, with the reason. */
  readonly skips: ReadonlyMap<Indicator, string>;
}

/** What one exporter makes of what it has collected, as often as it takes until the engine is content. */
export class Rendering {
  readonly branch: Branch;
  readonly collected: Collected;
  readonly folder: GenerationFolder;
  readonly options: RenderingOptions;

  constructor(branch: Branch, collected: Collected, folder: GenerationFolder, options: RenderingOptions) {
    this.branch = branch;
    this.collected = collected;
    this.folder = folder;
    this.options = options;
  }

  /** Writes the files without the refused indicators, which count as skipped. */
  async write(refused: Refusals): Promise<Rendered> {
    const { trace, dryRun } = this.options;
    const { id } = this.branch.config;
    const dir = dryRun ? undefined : await this.#guarded(async () => this.folder.stage());
    trace?.writing(id);
    const skipped = new ReasonCounter();
    const skips = new Map<Indicator, string>();
    const output = new StagedOutput(id, dir, trace && ((indicator, at) => trace.placed(id, indicator, at)));
    await this.#render(output, refused, (indicator, reason, detail) => {
      skipped.add(reason);
      skips.set(indicator, reason);
      trace?.skipped(id, indicator, reason, detail);
    });
    const { size } = this.collected;
    if (skipped.total > size)
      throw pipelineError('EXPORTER_SKIPPED_TWICE', { exporter: id, collected: size, skipped: skipped.total });
    return { dir, files: await this.#guarded(() => output.finish()), skipped, skips };
  }

  /** Renders once more, into nothing, and tells where each indicator stands. */
  async places(refused: Refusals, placed: Placed): Promise<void> {
    await this.#render(new StagedOutput(this.branch.config.id, undefined, placed), refused, () => {});
  }

  async #render(
    output: StagedOutput,
    refused: Refusals,
    skip: (indicator: Indicator, reason: string, detail?: string) => void,
  ): Promise<void> {
    const { config, exporter } = this.branch;
    await this.#guarded(async () => exporter.render(without(this.collected, refused), output, skip));
    for (const [indicator, message] of refused) skip(indicator, `refused:${config.resolved.plugin.name}`, message);
  }

  #guarded<T>(action: () => Promise<T>): Promise<T> {
    return this.options.guarded(`exporter ${this.branch.config.id}`, action);
  }
}
