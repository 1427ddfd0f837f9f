import { type Intake, type Logger, messageOf, pipelineError } from '@misp-pipeline/core';
import {
  eventUuid,
  type FeedEntry,
  type FeedManifest,
  type HttpClient,
  HttpError,
  type HttpFailure,
  parseJson,
  parseManifest,
  readConfirmation,
  type ShrinkGuard,
  writeConfirmation,
} from '@misp-pipeline/misp';
import type { EventFile, OpenedFeed } from './feed.ts';
import { forEach } from './for-each.ts';
import type { Gaps } from './gaps.ts';
import type { Mirror } from './mirror.ts';
import type { FeedOptions } from './options.ts';
import { checkDigest } from './read-document.ts';
import type { Withdrawals } from './withdrawals.ts';

/** After so many events in a row that could not be fetched the server is taken to be down. */
const MOST_FAILURES = 8;
/** Failures that say nothing about the next event. */
const OF_EVENT: ReadonlySet<HttpFailure> = new Set(['missing', 'rejected', 'invalid', 'too-large']);

export interface RemoteFeedParts {
  /** Folder of the feed, with what is remembered from run to run. */
  readonly dir: string;
  /** The present. */
  readonly now: Date;
  readonly options: FeedOptions;
  /** Id of the source for messages. */
  readonly source: string;
  readonly http: HttpClient;
  readonly mirror: Mirror;
  readonly guard: ShrinkGuard;
  readonly gaps: Gaps;
  readonly withdrawals: Withdrawals;
  readonly intake: Intake;
  readonly logger: Logger;
}

/** Brings the mirror of a feed up to date over HTTP and hands on the mirror's files. */
export class RemoteFeed {
  readonly #parts: RemoteFeedParts;
  readonly #base: URL;
  #failuresInARow = 0;

  constructor(parts: RemoteFeedParts) {
    this.#parts = parts;
    this.#base = new URL(`${parts.options.url.replace(/\/(manifest\.json)?$/, '')}/`);
  }

  /**
   * Fetches the manifest and the events that changed. Throws when the manifest cannot be had and no mirror may stand in,
   * or when it has shrunk too much.
   */
  async open(signal: AbortSignal): Promise<OpenedFeed> {
    const { dir, now, guard, gaps, intake, mirror, options } = this.#parts;
    let manifest: FeedManifest;
    try {
      manifest = await this.#manifest(signal);
    } catch (error) {
      signal.throwIfAborted();
      if (options.unreachable === 'fail' || guard.accepted === undefined) throw this.#unreachable(error);
      intake.problem({ message: `${messageOf(error)}; the events of the last run are used`, place: this.#base.href });
      return this.mirrored();
    }
    for (const message of manifest.faults) gaps.add({ message, place: this.#base.href });
    guard.check(manifest.entries.length);
    await this.#update(manifest.entries, signal);
    const listed = new Set(manifest.entries.map(({ uuid }) => uuid));
    await this.#tellUnlisted(listed);
    const files = this.#files(mirror.uuids.filter((uuid) => listed.has(uuid)));
    const settle = async () => {
      await mirror.keep(listed);
      await writeConfirmation(dir, now);
    };
    return { listed: listed.size, files, asOf: now, settle };
  }

  /** The mirror as it is, without a look at the network. Throws when no run has filled it yet. */
  async mirrored(): Promise<OpenedFeed> {
    const { dir, guard, mirror } = this.#parts;
    if (guard.accepted === undefined) throw this.#unreachable(new Error('no earlier run has mirrored it'));
    const files = this.#files(mirror.uuids);
    return { listed: files.length, files, asOf: await readConfirmation(dir), settle: async () => {} };
  }

  async #tellUnlisted(listed: ReadonlySet<string>): Promise<void> {
    const { mirror, withdrawals } = this.#parts;
    for (const uuid of mirror.uuids) if (!listed.has(uuid)) await withdrawals.ofEvent(uuid);
  }

  #files(uuids: readonly string[]): EventFile[] {
    const { mirror } = this.#parts;
    return uuids.flatMap((uuid) => {
      const path = mirror.path(uuid);
      const place = new URL(`${uuid}.json`, this.#base).href;
      return path === undefined ? [] : [{ path, place, discard: () => mirror.remove(uuid) }];
    });
  }

  #manifest(signal: AbortSignal): Promise<FeedManifest> {
    const url = new URL('manifest.json', this.#base);
    return this.#parts.http.request({ url, signal }, ({ body }) => {
      try {
        return parseManifest(parseJson(body));
      } catch (error) {
        throw new HttpError('invalid', `\`${url}\`: ${messageOf(error)}`);
      }
    });
  }

  async #update(entries: readonly FeedEntry[], signal: AbortSignal): Promise<void> {
    const { mirror, gaps, options, logger } = this.#parts;
    const changed = entries.filter((entry) => !mirror.isCurrent(entry));
    logger.info({ events: entries.length, changed: changed.length }, 'fetching the events that changed');
    let untried = 0;
    await forEach(changed, options.concurrency, async (entry) => {
      signal.throwIfAborted();
      if (this.#failuresInARow < MOST_FAILURES) await this.#fetch(entry, signal);
      else untried++;
    });
    if (untried === 0) return;
    const message = `gave up after ${MOST_FAILURES} failures in a row; ${untried} further events were not asked for`;
    gaps.add({ message, place: this.#base.href });
  }

  async #fetch(entry: FeedEntry, signal: AbortSignal): Promise<void> {
    const { http, mirror, withdrawals, gaps } = this.#parts;
    const url = new URL(entry.file, this.#base);
    try {
      const body = await http.request({ url, signal }, (answer) => checked(url, entry, answer.body));
      await withdrawals.ofVersion(entry.uuid, body);
      await mirror.write(entry, body);
      this.#failuresInARow = 0;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof HttpError)) throw error;
      this.#failuresInARow = OF_EVENT.has(error.kind) ? 0 : this.#failuresInARow + 1;
      const instead = mirror.path(entry.uuid) === undefined ? 'it is left out' : 'its last copy is used';
      gaps.add({ message: `${error.message}; ${instead}`, place: url.href });
    }
  }

  #unreachable(error: unknown) {
    const refused = error instanceof HttpError && error.kind === 'refused';
    const context = { source: this.#parts.source, why: messageOf(error) };
    return pipelineError(refused ? 'SOURCE_REFUSED' : 'SOURCE_UNREACHABLE', context, error);
  }
}

/** A server may answer 200 with a page of its own; such an answer must not displace a good copy. */
function checked(url: URL, { uuid, sha256 }: FeedEntry, body: Buffer): Buffer {
  try {
    if (sha256 !== undefined) checkDigest(body, sha256);
    const found = eventUuid(parseJson(body));
    if (found !== uuid) throw new Error(`it holds ${found === undefined ? 'no event' : `event \`${found}\``}`);
    return body;
  } catch (error) {
    throw new HttpError('invalid', `\`${url}\` is broken: ${messageOf(error)}`);
  }
}
