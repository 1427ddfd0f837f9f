import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExporterConfig, PipelineConfig } from '../src/config/config.ts';
import type { PastEntry } from '../src/history/entry.ts';
import { History } from '../src/history/history.ts';
import type { Release } from '../src/history/releases.ts';
import type { Exporter, Published, ReloadReport } from '../src/plugin.ts';
import { applyPlan } from '../src/release/apply.ts';
import { type RollbackTarget, rollBack } from '../src/release/rollback.ts';
import type { ReleaseReport } from '../src/release/session.ts';
import type { RunReport } from '../src/run/report.ts';
import { type RunOptions, runPipeline } from '../src/run/run.ts';
import { configIn, exporterIn, indicator, lines, silent, source, stage } from './pipeline.ts';

/** Remembers what it is told, and answers as it is made to. */
export class Engine {
  /** The lines of `all.txt` at each call, and whether the engine learned what it had run before. */
  readonly told: string[] = [];
  isWell = true;
  /** Called when it is told. */
  heard: () => void = () => {};

  readonly exporter: Exporter = {
    ...lines,
    reload: async ({ dir: current, previousDir }: Published): Promise<ReloadReport> => {
      const text = readFileSync(join(current, 'all.txt'), 'utf8').trim();
      this.told.push(`${text}${previousDir === undefined ? ' (anew)' : ''}`);
      this.heard();
      const report = { engine: 'made up 1.0', method: 'call', messages: this.isWell ? [] : ['1 rule failed'] };
      return { ...report, confirmed: this.isWell };
    },
  };
}

/** A folder with the state and the output of one pipeline, whose only exporter is called `out` unless a test says more. */
export class ReleaseSite {
  readonly dir = mkdtempSync(join(tmpdir(), 'release-'));
  readonly state = join(this.dir, 'state');

  config(values: readonly string[], built: Exporter = lines, fields: Partial<PipelineConfig> = {}): PipelineConfig {
    const sources = [stage('feed', 'source', source(values.map((value) => indicator(value))))];
    return configIn(this.dir, { sources, exporters: [this.exporter('out', built)], ...fields });
  }

  exporter(id: string, built: Exporter = lines, fields: Partial<ExporterConfig> = {}): ExporterConfig {
    return exporterIn(this.dir, id, built, fields);
  }

  run(config: PipelineConfig, more: Partial<RunOptions> = {}): Promise<RunReport> {
    return runPipeline(config, { ...options(), ...more });
  }

  plan(config: PipelineConfig): Promise<RunReport> {
    return this.run(config, { plan: true });
  }

  apply(config: PipelineConfig, fingerprint?: string, accept: readonly string[] = []): Promise<ReleaseReport> {
    return applyPlan(config, { ...options(), fingerprint, accept });
  }

  back(config: PipelineConfig, target: RollbackTarget = 'previous'): Promise<ReleaseReport> {
    return rollBack(config, target, options());
  }

  /** The values that an exporter has published. */
  live(exporter = 'out'): string[] {
    return linesOf(join(this.dir, exporter, 'current', 'all.txt'));
  }

  /** The values at a place. */
  placed(folder = 'engine'): string[] {
    return linesOf(join(this.dir, folder, 'all.txt'));
  }

  /** What the state folder remembers. */
  history<T>(read: (history: History) => T): T {
    const history = new History(this.state);
    try {
      return read(history);
    } finally {
      history.close();
    }
  }

  /** The releases, the newest first, as `2 live apply`. */
  releases(): string[] {
    return this.history(({ releases }) =>
      releases.all().map(({ id, state, by, failure }) => [id, state, by, failure].filter(Boolean).join(' ')),
    );
  }

  /** Changes what is remembered of the newest release in a state, as a crash would have left it. */
  rewrite(state: Release['state'], fields: Partial<Release>): void {
    this.history((history) => {
      const release = history.releases.newest(state);
      if (release === undefined) throw new Error(`no release is ${state}`);
      history.transaction(() => history.releases.write({ ...release, ...fields }));
    });
  }

  /** What was live of a domain, and when. */
  lives(value: string): PastEntry[] {
    return this.history(({ entries }) => entries.of('domain', value));
  }

  /** The values that were live in a release, in one exporter. */
  at(release: number, exporter = 'out'): string[] {
    return this.history(({ entries, exporters }) =>
      [...entries.at(release)]
        .filter((entry) => exporters.idsOf(entry.exporters).includes(exporter))
        .map(({ value }) => value),
    );
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

const options = () => ({ signal: new AbortController().signal, logger: silent });

function linesOf(path: string): string[] {
  const text = readFileSync(path, 'utf8').trim();
  return text === '' ? [] : text.split('\n');
}

/** As many values. */
export function many(count: number, prefix = 'v'): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${i}.example`);
}
