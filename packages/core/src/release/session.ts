import { mkdirSync } from 'node:fs';
import { type Clock, systemClock } from '../clock.ts';
import type { PipelineConfig } from '../config/config.ts';
import type { History } from '../history/history.ts';
import type { Release } from '../history/releases.ts';
import { IdStore } from '../ids/store.ts';
import { appContainer, runContainer } from '../injection.ts';
import type { Logger } from '../logger.ts';
import type { Publication } from '../output/generation.ts';
import type { Placing } from '../place/placing.ts';
import type { PlaceReport } from '../place/report.ts';
import type { Exporter, ReloadReport } from '../plugin.ts';
import { writingState } from '../run/full-state.ts';
import { lockState } from '../run/lock.ts';
import { Opened } from '../run/opened.ts';
import { Stages } from '../run/stages.ts';
import { openWritable } from './open.ts';
import { type Part, publicationOf } from './part.ts';
import type { Reloads } from './reload.ts';

export interface ReleaseOptions {
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Told of what has gone live, while nobody else can begin: for what has to follow what is live. */
  readonly settled?: (report: ReleaseReport) => Promise<void>;
}

/** What came of making a release live that no run has just made. */
export interface ReleaseReport {
  readonly pipeline: string;
  readonly release: Release;
  readonly exporters: readonly {
    readonly id: string;
    readonly published: Publication;
    /** Undefined when there was no engine to tell, or nothing new to tell it. */
    readonly reload: ReloadReport | undefined;
    readonly places: readonly PlaceReport[];
  }[];
}

/** A state folder that nobody else writes to meanwhile, and the exporters of the config. */
export interface Session {
  readonly history: History;
  readonly exporters: ReadonlyMap<string, Exporter>;
  readonly clock: () => Date;
  readonly signal: AbortSignal;
}

type Act = (session: Session) => Promise<ReleaseReport>;

/** Makes something live under the lock of the state folder, without any source or filter. */
export async function inSession(config: PipelineConfig, options: ReleaseOptions, act: Act): Promise<ReleaseReport> {
  mkdirSync(config.state, { recursive: true, mode: 0o700 });
  const { clock = systemClock, settled } = options;
  const lock = lockState(config.state, clock.now());
  try {
    const report = await writingState(config.state, () => actAlone(config, options, act));
    await settled?.(report);
    return report;
  } finally {
    lock.release();
  }
}

async function actAlone(
  config: PipelineConfig,
  { signal, logger, clock = systemClock }: ReleaseOptions,
  act: Act,
): Promise<ReleaseReport> {
  const opened = new Opened();
  try {
    const ids = opened.add(new IdStore(config.state), (store) => store.close());
    const history = opened.add(openWritable(config.state, logger, clock.now()), (book) => book.close());
    const container = runContainer(appContainer({ clock, logger }));
    const exporters = config.exporters.map((exporter) => ({ ...exporter, filters: [] }));
    const unwatched = { trace: undefined, progress: undefined, causes: undefined };
    const options = { container, ids, logger, replay: true, full: false, ...unwatched };
    const made = new Stages({ ...config, sources: [], filters: [], exporters }, options);
    const stages = opened.add(made, (all) => all.close());
    const built = new Map(stages.branches.map((branch) => [branch.config.id, branch.exporter]));
    return await act({ history, exporters: built, clock: () => clock.now(), signal });
  } finally {
    await opened.close();
  }
}

export function releaseReport(
  pipeline: string,
  release: Release,
  parts: readonly Part[],
  placing: Placing,
  reloads: Reloads,
): ReleaseReport {
  const exporters = parts.map((part) => ({
    id: part.config.id,
    published: publicationOf(part),
    reload: reloads.get(part.config.id),
    places: placing.reports.filter(({ exporter }) => exporter === part.config.id),
  }));
  return { pipeline, release, exporters };
}
