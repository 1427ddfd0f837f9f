import type { Causes } from '../changes/causes.ts';
import { Comparison } from '../changes/compare.ts';
import { LiveEntries } from '../changes/live-entries.ts';
import type { PipelineConfig } from '../config/config.ts';
import { pipelineError } from '../errors.ts';
import type { History } from '../history/history.ts';
import type { Release } from '../history/releases.ts';
import type { PlaceReport } from '../place/report.ts';
import type { StagedExport } from '../run/export.ts';
import type { ChangeCounts, ExporterChanges, GuardFinding, Latency, SourceReport } from '../run/report.ts';
import { fingerprintOf } from './fingerprint.ts';
import { goLive } from './go-live.ts';
import { guardFindings } from './guard.ts';
import { mustBeTold, type Part, released } from './part.ts';
import { correctPlaces, preparePlaces } from './places.ts';
import type { Reloads } from './reload.ts';
import { pruneGenerations } from './retention.ts';
import { rolledBackTo } from './rolled-back.ts';
import { unconfirmed } from './unconfirmed.ts';

/** What becomes of the files of a run: they go live, wait for `apply`, or are only looked at. */
export type Intent = 'publish' | 'plan' | 'look';

export interface DeliveryOptions {
  readonly config: PipelineConfig;
  readonly history: History;
  readonly intent: Intent;
  readonly runId: string;
  /** What was live, or would end with a plan, when the run began. */
  readonly live: LiveEntries;
  readonly causes: Causes;
  readonly sources: readonly SourceReport[];
  readonly accept: readonly string[];
  /** Writes the numbers that were given; done before anything lasts that names them. */
  readonly saveIds: () => void;
  readonly signal: AbortSignal;
  /** The present of the run. */
  readonly now: Date;
  readonly clock: () => Date;
}

/** What came of a delivery. */
export interface Delivered {
  /** What is live or planned now; undefined when nothing is new, or nothing was written. */
  readonly release: Release | undefined;
  readonly parts: readonly Part[];
  readonly changes: ReadonlyMap<string, ExporterChanges>;
  readonly guard: readonly GuardFinding[];
  readonly latency: Latency;
  readonly reloads: Reloads;
  /** What was copied where. */
  readonly places: readonly PlaceReport[];
}

const NOT_TOLD: Reloads = new Map();

/** The last step of a run: what differs from what is live, what the guards say, and what goes live. */
export class Delivery {
  readonly #options: DeliveryOptions;
  #live: LiveEntries;
  /** What was found out before anything went live; undefined until then. */
  seen: Delivered | undefined;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#live = options.live;
  }

  /** Throws GUARD_REFUSED and RELOAD_FAILED; what was live stays live then. */
  async deliver(staged: readonly StagedExport[]): Promise<Delivered> {
    const { history, intent } = this.#options;
    const hasPlan = history.releases.newest('planned') !== undefined;
    history.begin();
    try {
      history.dropPlan();
      if (hasPlan) this.#live = new LiveEntries(history.entries);
      if (intent !== 'look') {
        // From now on there is newer intelligence than that of the plan, whatever becomes of it.
        history.commit();
        history.begin();
      }
      return await this.#decide(staged);
    } finally {
      history.rollBack();
      if (intent !== 'look') for (const { folder } of staged) folder.discard();
    }
  }

  async #decide(staged: readonly StagedExport[]): Promise<Delivered> {
    const { history, intent, saveIds } = this.#options;
    const id = history.releases.next();
    const comparison = this.#compared(staged, id);
    const changes = comparison.changes();
    const guard = this.#guard(staged, changes, (source) => comparison.goneOf(source));
    const compared = { changes, guard, latency: comparison.latency.latency() };
    const seen = { ...compared, release: undefined, parts: [], reloads: NOT_TOLD, places: [] };
    this.seen = seen;
    if (intent === 'look') return seen;
    const findings = guard.filter(({ accepted }) => !accepted);
    if (intent === 'publish' && findings.length > 0) throw pipelineError('GUARD_REFUSED', { findings });
    saveIds();
    pruneGenerations(
      history,
      staged.map(({ folder, branch: { config } }) => ({ config, folder })),
    );
    const parts = staged.map(keep);
    const isNew = this.#isNew(parts);
    const release = this.#release(id, parts, seen);
    if (intent === 'publish') return { ...seen, parts, ...(await this.#publish(release, parts, isNew)) };
    if (!isNew) return { ...seen, parts };
    history.releases.write(release);
    history.commit();
    return { ...seen, release, parts };
  }

  /** Whether other files are to go live, or engines have to be told of those that are. */
  #isNew(parts: readonly Part[]): boolean {
    const { history } = this.#options;
    if (history.releases.newest('live') === undefined) return true;
    const unsure = unconfirmed(history);
    return parts.some((part) => mustBeTold(part, unsure));
  }

  /** Where nothing is new, files that somebody has moved or changed are put into place all the same. */
  async #publish(
    release: Release,
    parts: readonly Part[],
    isNew: boolean,
  ): Promise<Pick<Delivered, 'release' | 'reloads' | 'places'>> {
    const { config, signal, history, clock } = this.#options;
    const placing = await preparePlaces(parts, config, signal);
    const places = placing.reports;
    if (isNew || parts.some((part) => placing.changes(part.config.id))) {
      const going = { history, signal, clock, config };
      return { release, places, reloads: await goLive(release, parts, placing, going) };
    }
    correctPlaces(placing);
    return { release: undefined, places, reloads: NOT_TOLD };
  }

  #compared(staged: readonly StagedExport[], release: number): Comparison {
    const { config, history, intent, causes, now } = this.#options;
    const exporters = staged.map(({ id, collected, skips }) => ({
      ...{ id, collected, skipped: skips },
      mask: history.exporters.maskOf(id),
    }));
    const sources = new Set(config.sources.map(({ id }) => id));
    const incomplete = new Set(this.#options.sources.filter(({ problems }) => problems.length > 0).map(({ id }) => id));
    return new Comparison({
      ...{ history, live: this.#live, release, write: intent !== 'look' },
      ...{ exporters, causes, sources, incomplete, now },
    }).run();
  }

  #guard(
    staged: readonly StagedExport[],
    changes: ReadonlyMap<string, ExporterChanges>,
    goneOf: (source: string) => number,
  ): GuardFinding[] {
    const { config, history, sources, now, accept } = this.#options;
    const next = new Map(staged.map(({ id, manifest }) => [id, manifest.generation]));
    const rolledBack = rolledBackTo(history.releases, next);
    return guardFindings({ options: config.guard, sources, changes, goneOf, rolledBack, now, accept });
  }

  #release(id: number, parts: readonly Part[], { changes, guard }: Pick<Delivered, 'changes' | 'guard'>): Release {
    const { config, runId, now } = this.#options;
    const exporters = parts.map((part) => released(part, countsOf(changes.get(part.config.id))));
    return {
      ...{ id, state: 'planned', fingerprint: fingerprintOf(config, exporters), made: now.toISOString() },
      ...{ by: 'run', restored: undefined, runId, published: undefined, exporters, guard, unconfirmed: [] },
      failure: undefined,
    };
  }
}

/** Moves what is staged among the generations, and remembers what its engine refused. */
function keep({ folder, manifest, quarantine, refused, branch }: StagedExport): Part {
  quarantine.save(refused);
  const { config, exporter } = branch;
  return { config, exporter, folder, base: folder.live(), generation: folder.keep(manifest), manifest };
}

function countsOf(changes: ExporterChanges | undefined): ChangeCounts | undefined {
  return changes && { added: changes.added, changed: changes.changed, withdrawn: changes.withdrawn };
}
