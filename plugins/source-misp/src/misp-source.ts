import { existsSync, rmSync } from 'node:fs';
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
  secondsOfSpan,
} from '@misp-pipeline/core';
import {
  connect,
  type EventIndex,
  explained,
  fetchEventIndex,
  HttpError,
  IncompleteWalk,
  isRecord,
  Mirror,
  type MispClient,
  Normaliser,
  type NormaliserOptions,
  PagedAttributes,
  Sync,
  type SyncMode,
  textOf,
  WholeEvents,
} from '@misp-pipeline/misp';
import { LocalFilter } from './local-filter.ts';
import type { MispOptions } from './options.ts';
import { attributeSearch, eventSearch, indexFilter, unixTime } from './searches.ts';
import { viewOf } from './view.ts';
import { tellWithdrawn } from './withdrawn.ts';

const NOTHING_TO_REPEAT = 'no earlier run has read it to the end, so there is nothing to repeat';

/** Keeps a mirror of what a MISP server shows to a user, and reads the attributes from it. */
@injectable()
export class MispSource implements Source {
  readonly #options: MispOptions;
  readonly #services: StageServices;
  #mirror: Mirror | undefined;

  constructor(@inject(Options) options: MispOptions, @inject(Services) services: StageServices) {
    this.#options = options;
    this.#services = services;
  }

  async *read(signal: AbortSignal, intake: Intake): AsyncGenerator<Batch> {
    this.#mirror = this.#openMirror();
    if (this.#services.replay) this.#checkReplay(this.#mirror);
    else await this.#sync(this.#mirror, signal, intake);
    const { synced } = this.#mirror;
    if (synced !== undefined) intake.asOf(new Date(synced * 1000));
    yield* this.#batches(this.#mirror, signal, intake);
  }

  close(): void {
    this.#mirror?.close();
  }

  #openMirror(): Mirror {
    const { stateDir, logger, replay } = this.#services;
    const path = join(stateDir, 'mirror.sqlite');
    if (replay && !existsSync(path)) throw this.#unreachable(NOTHING_TO_REPEAT);
    try {
      return new Mirror(path);
    } catch (error) {
      // What somebody else has at the moment is not damaged, and would be lost.
      if (replay || messageOf(error).includes('database is locked')) throw error;
      logger.warn({ path }, `the mirror is made anew, since it cannot be used: ${messageOf(error)}`);
      rmSync(path, { force: true });
      return new Mirror(path);
    }
  }

  #checkReplay({ sweep }: Mirror): void {
    if (sweep === undefined) throw this.#unreachable(NOTHING_TO_REPEAT);
    if (sweep.view !== viewOf(this.#options)) {
      throw this.#unreachable('its options have changed since the last run; run the pipeline once before');
    }
  }

  async *#batches(mirror: Mirror, signal: AbortSignal, intake: Intake): AsyncGenerator<Batch> {
    const filter = new LocalFilter(this.#options, this.#services.now);
    const normaliser = new Normaliser(this.#taken(), intake);
    let batch: Indicator[] = [];
    for (const attribute of mirror.rows()) {
      const reason = filter.whySkipped(attribute);
      if (reason === undefined) normaliser.addAttribute(attribute, batch);
      else reject(attribute, reason, intake);
      if (batch.length < BATCH_SIZE) continue;
      signal.throwIfAborted();
      yield batch;
      batch = [];
    }
    signal.throwIfAborted();
    if (batch.length > 0) yield batch;
  }

  /** What is taken of what the mirror holds. */
  #taken(): NormaliserOptions {
    const { toIds, published, types, url } = this.#options;
    const base = url.endsWith('/') ? url : `${url}/`;
    return {
      source: this.#services.id,
      toIds,
      published,
      types: types === undefined ? undefined : new Set(types),
      eventLink: ({ id, uuid }) => new URL(`events/view/${encodeURIComponent(id ?? uuid)}`, base).href,
    };
  }

  async #sync(mirror: Mirror, signal: AbortSignal, intake: Intake): Promise<void> {
    const { logger, now } = this.#services;
    try {
      const client = await connect(this.#options, logger);
      logger.info({ version: await client.getVersion(signal) }, 'the server answers');
      const account = await this.#newSync(mirror, client).run(this.#mode(mirror), signal);
      logger.info(account, 'the mirror is up to date');
      const filter = new LocalFilter(this.#options, now);
      const parts = { client, options: this.#options, filter, taken: this.#taken(), logger };
      await tellWithdrawn(mirror.withdrawn(), parts, intake, signal);
      intake.sync({ ...account, requests: client.requests });
      if (account.counted > account.received) {
        const message = new IncompleteWalk(account.counted, account.received).message;
        intake.problem({ message, place: this.#options.url });
      }
    } catch (error) {
      if (error instanceof IncompleteWalk) throw this.#incomplete(error);
      if (!(error instanceof HttpError)) throw error;
      if (error.kind !== 'refused') throw this.#unreachable(explained(error), error);
      throw pipelineError('SOURCE_REFUSED', { source: this.#services.id, why: explained(error) }, error);
    }
  }

  #newSync(mirror: Mirror, client: MispClient): Sync {
    const { scope, pageSize, published, grace, last, events, allowIncomplete } = this.#options;
    const { now, logger } = this.#services;
    const attributes = new PagedAttributes({ client, search: attributeSearch(this.#options, now), pageSize, logger });
    const search = eventSearch(this.#options, now);
    return new Sync({
      mirror,
      reader: scope === 'attributes' ? attributes : new WholeEvents({ client, search, logger }, attributes),
      index: async (signal) => chosen(await fetchEventIndex(client, indexFilter(this.#options, now), signal), events),
      now: unixTime(now),
      view: viewOf(this.#options),
      published,
      publishedSince: last === undefined ? undefined : unixTime(now) - secondsOfSpan(last),
      grace: secondsOfSpan(grace),
      allowIncomplete,
    });
  }

  #mode(mirror: Mirror): SyncMode {
    const { sweep } = mirror;
    const now = unixTime(this.#services.now);
    const isCurrent = sweep !== undefined && sweep.view === viewOf(this.#options);
    // A sweep in the future means that a clock was put back.
    const isDue = !isCurrent || now - sweep.swept >= secondsOfSpan(this.#options.sweep) || sweep.swept > now;
    return this.#services.full || isDue ? 'full' : 'changes';
  }

  #unreachable(why: string, cause?: unknown) {
    return pipelineError('SOURCE_UNREACHABLE', { source: this.#services.id, why }, cause);
  }

  #incomplete({ message }: IncompleteWalk) {
    const why = `${message}; an allow list of the server's administrator does that, and then \`allowIncomplete\` goes on without them`;
    return pipelineError('SOURCE_INCOMPLETE', { source: this.#services.id, why });
  }
}

/** The index with only those events that the options name, by id or UUID. */
function chosen(index: EventIndex, names: readonly string[] | undefined): EventIndex {
  if (names === undefined) return index;
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const events = [...index.events].filter(([id, { uuid }]) => wanted.has(String(id)) || wanted.has(uuid.toLowerCase()));
  return { ...index, events: new Map(events) };
}

function reject(attribute: unknown, reason: string, intake: Intake): void {
  const { uuid, value, Event } = isRecord(attribute) ? attribute : {};
  intake.read(1);
  const event = isRecord(Event) ? textOf(Event.uuid) : '';
  intake.reject(reason, { value: textOf(value), place: `event ${event} attribute ${textOf(uuid)}` });
}
