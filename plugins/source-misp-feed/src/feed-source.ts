import { join } from 'node:path';
import {
  BATCH_SIZE,
  type Batch,
  type Indicator,
  type Intake,
  inject,
  injectable,
  messageOf,
  Options,
  pipelineError,
  Services,
  type Source,
  type StageServices,
} from '@misp-pipeline/core';
import {
  feedClient,
  feedStateDir,
  isAddress,
  Normaliser,
  type NormaliserOptions,
  ShrinkGuard,
} from '@misp-pipeline/misp';
import type { EventFile, OpenedFeed } from './feed.ts';
import { Gaps } from './gaps.ts';
import { LocalFeed } from './local-feed.ts';
import { Mirror } from './mirror.ts';
import type { FeedOptions } from './options.ts';
import { readDocument } from './read-document.ts';
import { RemoteFeed } from './remote-feed.ts';
import { Withdrawals } from './withdrawals.ts';

/** Reads the events of a MISP feed, one document at a time: a folder in place, the network by way of a mirror. */
@injectable()
export class FeedSource implements Source {
  readonly #options: FeedOptions;
  readonly #services: StageServices;

  constructor(@inject(Options) options: FeedOptions, @inject(Services) services: StageServices) {
    this.#options = options;
    this.#services = services;
  }

  async *read(signal: AbortSignal, intake: Intake): AsyncGenerator<Batch> {
    const { maxShrink } = this.#options;
    const source = this.#services.id;
    const gaps = new Gaps(intake);
    const dir = await feedStateDir(this.#services.stateDir, this.#options.url);
    const guard = await ShrinkGuard.open(dir, { source, unit: 'events', maxShrink });
    const feed = await this.#open({ dir, guard, gaps, intake, signal });
    if (feed.asOf !== undefined) intake.asOf(feed.asOf);
    const normaliser = new Normaliser(this.#taken(), intake);
    let usable = 0;
    let pending: Indicator[] = [];
    for (const file of feed.files) {
      signal.throwIfAborted();
      const document = await this.#document(file, gaps);
      if (document === undefined) continue;
      usable++;
      normaliser.addDocument(document, file.place, pending);
      let sent = 0;
      for (; pending.length - sent >= BATCH_SIZE; sent += BATCH_SIZE) {
        yield pending.slice(sent, sent + BATCH_SIZE);
        signal.throwIfAborted();
      }
      if (sent > 0) pending = pending.slice(sent);
    }
    if (pending.length > 0) yield pending;
    await this.#finish(feed, usable, gaps, guard);
  }

  async #open(parts: {
    dir: string;
    guard: ShrinkGuard;
    gaps: Gaps;
    intake: Intake;
    signal: AbortSignal;
  }): Promise<OpenedFeed> {
    const { url, maxBytes } = this.#options;
    const { id: source, logger, replay, now } = this.#services;
    if (!isAddress(url)) return new LocalFeed(url, source, maxBytes).open(parts.gaps);
    const mirror = await Mirror.open(join(parts.dir, 'events'));
    const http = await feedClient({ ...this.#options, verifyTls: true }, logger);
    const withdrawals = new Withdrawals({ mirror, taken: this.#taken(), maxBytes, intake: parts.intake });
    const remote = new RemoteFeed({ ...parts, options: this.#options, source, now, http, mirror, withdrawals, logger });
    return replay ? remote.mirrored() : remote.open(parts.signal);
  }

  /** What is taken of the events. */
  #taken(): NormaliserOptions {
    const { toIds, published, types } = this.#options;
    return { source: this.#services.id, toIds, published, types: types && new Set(types) };
  }

  /** The document of one event, or undefined when it cannot be read. */
  async #document({ path, place, sha256, discard }: EventFile, gaps: Gaps): Promise<unknown> {
    try {
      return await readDocument(path, this.#options.maxBytes, sha256);
    } catch (error) {
      gaps.add({ message: `the event cannot be read: ${messageOf(error)}`, place });
      await discard?.();
      return undefined;
    }
  }

  /** Decides whether what was read may be published, and remembers it as the measure for the next run. */
  async #finish(feed: OpenedFeed, usable: number, gaps: Gaps, guard: ShrinkGuard): Promise<void> {
    gaps.close();
    const source = this.#services.id;
    if (usable === 0 && feed.listed > 0) {
      const why = `none of its ${feed.listed} events could be read${gaps.example}`;
      throw pipelineError('SOURCE_INCOMPLETE', { source, why });
    }
    if (gaps.count > 0 && this.#options.incomplete === 'fail') {
      const why = `${gaps.count} of its parts could not be had, and \`incomplete: fail\` wants all${gaps.example}`;
      throw pipelineError('SOURCE_INCOMPLETE', { source, why });
    }
    guard.check(usable);
    if (this.#services.replay) return;
    await feed.settle();
    await guard.accept(usable);
  }
}
