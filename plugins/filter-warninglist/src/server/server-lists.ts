import { pipelineError, type StageServices } from '@misp-pipeline/core';
import {
  connect,
  fetchWarninglistIndex,
  HttpError,
  type HttpFailure,
  type ListedWarninglist,
} from '@misp-pipeline/misp';
import type { ListChoice } from '../choose-lists.ts';
import { chosenLists } from './chosen-lists.ts';
import { explained } from './explained.ts';
import { type CachedList, isCurrent, ListCache } from './list-cache.ts';
import { listingOf, reportListing } from './listing.ts';
import type { ServerListOptions } from './options.ts';
import { refresh, type Transfer } from './refresh.ts';

/** Failures that may pass by themselves, so that copies may stand in. The others want somebody to act. */
const MAY_PASS = new Set<HttpFailure>(['busy', 'failed', 'unreachable', 'redirected', 'invalid', 'unexpected']);
const FAILURES_SHOWN = 3;
const HOUR = 3_600_000;

/** The warninglists of a MISP server, by way of copies in the stage's state folder. */
export class ServerLists {
  readonly #options: ServerListOptions;
  readonly #choice: ListChoice;
  readonly #services: StageServices;
  readonly #cache: ListCache;
  /** What is known of the server's lists, from the index of the cache and then from the server. */
  #lists: readonly CachedList[] = [];
  /** When all copies were last known to be current, in ISO 8601. */
  #currentAt: string | undefined;

  constructor(options: ServerListOptions, choice: ListChoice, services: StageServices) {
    this.#options = options;
    this.#choice = choice;
    this.#services = services;
    this.#cache = new ListCache(services.stateDir, options);
  }

  /**
   * Paths of the list files to use, after bringing them up to date. Throws SOURCE_REFUSED, SOURCE_UNREACHABLE or
   * SOURCE_INCOMPLETE when lists cannot be had and there are no copies, STAGE_INPUT when the options choose what is not
   * there.
   */
  async files(signal: AbortSignal): Promise<readonly string[]> {
    const { replay, full, logger } = this.#services;
    await this.#readCache();
    if (replay) return this.#copies('no earlier run has fetched its warninglists');
    if (!full && this.#isFresh()) return this.#paths();
    const client = await connect(this.#options, logger);
    let listed: readonly ListedWarninglist[];
    try {
      listed = await fetchWarninglistIndex(client, signal);
      if (!full) refuseFewer(listed.length, this.#lists.length);
    } catch (error) {
      if (error instanceof HttpError) return this.#copiesAfter(error);
      throw error;
    }
    return this.#update(listed, { client, cache: this.#cache, signal });
  }

  async #readCache(): Promise<void> {
    ({ lists: this.#lists, currentAt: this.#currentAt } = await this.#cache.read());
    const used = new Set(this.#choose().used);
    this.#lists = await Promise.all(
      this.#lists.map((list) => (used.has(list) ? this.#cache.withWholeCopy(list) : list)),
    );
  }

  /** True when all that is used was current not too long ago, so that nobody has to be asked. */
  #isFresh(): boolean {
    const { now } = this.#services;
    const age = now.getTime() - Date.parse(this.#currentAt ?? '');
    if (!(age >= 0 && age < this.#options.maxAge)) return false;
    const { used, faults } = this.#choose();
    return faults.length === 0 && used.every(isCurrent);
  }

  async #update(listed: readonly ListedWarninglist[], transfer: Transfer): Promise<readonly string[]> {
    const { full, logger, now } = this.#services;
    const before = this.#lists;
    this.#lists = listingOf(listed, before);
    const used = new Set(this.#used());
    const { lists, fetched, failures } = await refresh(
      this.#lists,
      { isUsed: (list) => used.has(list), full },
      transfer,
    );
    this.#lists = lists;
    if (failures.length === 0) this.#currentAt = now.toISOString();
    await this.#cache.commit({ url: this.#options.url, currentAt: this.#currentAt, lists });
    const { disabled } = this.#choose();
    if (failures.length === 0)
      logger.info({ used: used.size, fetched, disabled }, "the copies of the server's warninglists are up to date");
    reportListing(before, lists, logger);
    this.#judge(failures);
    return this.#paths();
  }

  /** Lists that could not be had are a fault, unless there are copies of earlier editions. */
  #judge(failures: readonly string[]): void {
    if (failures.length === 0) return;
    const missing = this.#used().filter(({ held }) => held === '').length;
    const shown = failures.slice(0, FAILURES_SHOWN).join('; ');
    if (missing > 0) {
      const why = `${missing} of its warninglists could not be had, and there are no copies of them: ${shown}`;
      throw pipelineError('SOURCE_INCOMPLETE', { source: this.#services.id, why });
    }
    this.#services.logger.warn({ why: failures }, 'warninglists could not be had; copies of earlier runs are used');
  }

  /** The copies as they are, after the index could not be had. */
  #copiesAfter(error: HttpError): readonly string[] {
    const { id: source, logger, now } = this.#services;
    const why = explained(error);
    if (error.kind === 'refused') throw pipelineError('SOURCE_REFUSED', { source, why }, error);
    if (!MAY_PASS.has(error.kind)) throw pipelineError('SOURCE_UNREACHABLE', { source, why }, error);
    const paths = this.#copies(why);
    const hours = (now.getTime() - Date.parse(this.#currentAt ?? '')) / HOUR;
    const age = Number.isNaN(hours) ? 'at different times' : `${hours.toFixed(1)} hours ago`;
    logger.warn({ why, since: this.#currentAt }, `the server's warninglists are used as they were ${age}`);
    return paths;
  }

  /** The copies as they are; `why` says why there may be no other. */
  #copies(why: string): readonly string[] {
    const isWhole = this.#lists.length > 0 && this.#used().every(({ held }) => held !== '');
    if (isWhole) return this.#paths();
    const reason = `${why}, and not all that are used are in the state folder; without them false alarms would follow`;
    throw pipelineError('SOURCE_UNREACHABLE', { source: this.#services.id, why: reason });
  }

  #paths(): readonly string[] {
    const { missed } = this.#choose();
    if (missed.length > 0)
      this.#services.logger.warn({ lists: missed }, 'warninglists that the options name are disabled and not used');
    return this.#used().map((list) => this.#cache.path(list));
  }

  #used(): readonly CachedList[] {
    const { used, faults } = this.#choose();
    if (faults.length > 0) throw pipelineError('STAGE_INPUT', { stage: this.#services.id, faults });
    return used;
  }

  #choose() {
    return chosenLists(this.#lists, this.#choice, this.#options);
  }
}

/** Throws an HttpError when a server has fewer than half of the lists that it had: it may be about to be set up anew. */
function refuseFewer(found: number, before: number): void {
  if (found >= before / 2) return;
  throw new HttpError(
    'unexpected',
    `the server has ${found} warninglists instead of ${before}; a full run accepts that`,
  );
}
