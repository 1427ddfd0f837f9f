import type { PipelineConfig } from '../config/config.ts';
import { isPipelineError, messageOf, pipelineError } from '../errors.ts';
import type { History } from '../history/history.ts';
import type { Release } from '../history/releases.ts';
import type { Placing } from '../place/placing.ts';
import type { ReloadReport } from '../plugin.ts';
import { mustBeTold, type Part } from './part.ts';
import { finishPlaces, switchPlaces, undoPlaces } from './places.ts';
import { putBack, type Restored } from './put-back.ts';
import { type Reloads, reload } from './reload.ts';
import { forgetOld, pruneGenerations } from './retention.ts';
import { unconfirmed } from './unconfirmed.ts';

export interface GoingLive {
  readonly history: History;
  /** Not all of its exporters need to have a part. */
  readonly config: PipelineConfig;
  readonly signal: AbortSignal;
  readonly clock: () => Date;
}

/**
 * Nothing can come back where nothing was, and an engine can be told to read files only when there are some. So the first
 * files of an exporter stay live also when they are not confirmed.
 */
const FIRST_FILES_STAY =
  'Its first files are live all the same. Let the engine read them; the next run tells it again.';

/**
 * Makes a release live as a whole, and tells the engines. Called while the history is being written, which it commits: the
 * history says `publishing` before anything is switched, so that after a crash the next run knows what to finish. Where an
 * engine does not confirm, what was live before is live again and the engines are told so. Throws RELOAD_FAILED then, and
 * PLACING_FAILED, OUTPUT_UNWRITABLE, STAGE_FAILED and INTERRUPTED when nothing has changed for good.
 */
export async function goLive(
  release: Release,
  parts: readonly Part[],
  placing: Placing,
  going: GoingLive,
): Promise<Reloads> {
  if (going.signal.aborted) {
    undoPlaces(placing);
    throw pipelineError('INTERRUPTED', {});
  }
  return new Launch(release, parts, placing, going).run();
}

class Launch {
  readonly #release: Release;
  readonly #parts: readonly Part[];
  readonly #placing: Placing;
  readonly #going: GoingLive;
  /** Exporters of which nobody knows what their engine runs. */
  readonly #unsure: readonly string[];
  /** Those whose engines are told. */
  readonly #waiting: readonly Part[];
  readonly #reloads = new Map<string, ReloadReport>();

  constructor(release: Release, parts: readonly Part[], placing: Placing, going: GoingLive) {
    this.#parts = parts;
    this.#placing = placing;
    this.#going = going;
    const unsure = unconfirmed(going.history);
    this.#unsure = unsure;
    this.#waiting = parts.filter((part) => mustBeTold(part, unsure) || placing.changes(part.config.id));
    this.#release = { ...release, state: 'publishing', unconfirmed: this.#waiting.map(({ config }) => config.id) };
  }

  async run(): Promise<Reloads> {
    const { history } = this.#going;
    history.releases.write(this.#release);
    history.commit();
    await this.#orBack(() => this.#switch());
    const unconfirmedFirst = await this.#tell();
    await this.#orBack(() => finishPlaces(this.#placing));
    this.#settle(unconfirmedFirst);
    for (const exporter of unconfirmedFirst) {
      const messages = this.#reloads.get(exporter)?.messages ?? [];
      throw pipelineError('RELOAD_FAILED', { exporter, messages, restored: FIRST_FILES_STAY });
    }
    return this.#reloads;
  }

  #switch(): void {
    switchPlaces(this.#placing);
    for (const { folder, generation } of this.#parts) folder.switchTo(generation);
  }

  /** Returns the exporters that have their first files and whose engines did not confirm them. */
  async #tell(): Promise<string[]> {
    const { signal } = this.#going;
    const unconfirmedFirst: string[] = [];
    for (const part of this.#waiting) {
      const { id } = part.config;
      const running = this.#unsure.includes(id) ? undefined : part.base;
      const report = await reload(part, part.generation, running, signal);
      if (report === undefined) continue;
      this.#reloads.set(id, report);
      if (report.confirmed) continue;
      if (part.base === undefined) {
        unconfirmedFirst.push(id);
        continue;
      }
      const { isSure, text } = await this.#putBack(`\`${id}\` was not confirmed: ${report.messages.join('; ')}`);
      if (signal.aborted && isSure) throw pipelineError('INTERRUPTED', {});
      throw pipelineError('RELOAD_FAILED', { exporter: id, messages: report.messages, restored: text });
    }
    return unconfirmedFirst;
  }

  #settle(unconfirmedFirst: readonly string[]): void {
    const { history, config, clock } = this.#going;
    const published = clock().toISOString();
    history.transaction(() => {
      history.releases.write({ ...this.#release, state: 'live', published, unconfirmed: unconfirmedFirst });
      forgetOld(history, config, clock());
    });
    pruneGenerations(history, this.#parts);
  }

  async #orBack(action: () => void): Promise<void> {
    try {
      action();
    } catch (error) {
      await this.#putBack(messageOf(error));
      if (isPipelineError(error)) throw error;
      throw pipelineError('STAGE_FAILED', { stage: 'going live', why: messageOf(error) }, error);
    }
  }

  #putBack(failure: string): Promise<Restored> {
    const { history } = this.#going;
    const [release, parts, placing, reloads] = [this.#release, this.#parts, this.#placing, this.#reloads];
    return putBack({ release, parts, placing, reloads, history, failure });
  }
}
