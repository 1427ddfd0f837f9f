import {
  type Batch,
  type Drop,
  type Filter,
  type Indicator,
  inject,
  injectable,
  Options,
  Services,
  type StageServices,
} from '@misp-pipeline/core';
import type { ListChoice } from './choose-lists.ts';
import type { Hit } from './hit.ts';
import type { Warninglist } from './list-file.ts';
import { loadLists } from './load-lists.ts';
import { Matcher } from './matcher.ts';
import type { WarninglistOptions } from './options.ts';
import { groupOf, Policy } from './policy.ts';
import { ServerLists } from './server/server-lists.ts';
import { verdictOf } from './verdict.ts';

/** What reports call a list. */
type ListNames = Pick<Warninglist, 'slug' | 'name'>;

/** What of the files of a server's lists to load: they are chosen already. */
const ALL: ListChoice = { only: ['*'], except: [], named: [] };

/** Drops or tags what stands on MISP warninglists, as the policy of each list says. */
@injectable()
export class WarninglistFilter implements Filter {
  readonly #options: WarninglistOptions;
  readonly #services: StageServices;
  #lists: readonly ListNames[] = [];
  #matcher = new Matcher([]);
  #policy = new Policy([]);

  constructor(@inject(Options) options: WarninglistOptions, @inject(Services) services: StageServices) {
    this.#options = options;
    this.#services = services;
  }

  async open(signal: AbortSignal): Promise<void> {
    const lists = await this.#load(signal);
    this.#lists = lists.map(({ slug, name }) => ({ slug, name }));
    this.#matcher = new Matcher(lists);
    this.#policy = new Policy(lists, this.#options.policy);
    this.#report(lists);
  }

  async #load(signal: AbortSignal): Promise<readonly Warninglist[]> {
    const { path = [], server, only, except, policy } = this.#options;
    const { id: stage } = this.#services;
    const choice = { only, except, named: Object.keys(policy.lists) };
    if (server === undefined) return loadLists({ stage, paths: [path].flat(), ...choice });
    const paths = await new ServerLists(server, choice, this.#services).files(signal);
    return loadLists({ stage, paths, ...ALL });
  }

  apply(batch: Batch, drop: Drop): Batch {
    let passed: Indicator[] | undefined;
    for (const [i, indicator] of batch.entries()) {
      const hits = this.#matcher.find(indicator);
      const judged = hits.length === 0 ? indicator : this.#judge(indicator, hits, drop);
      if (judged !== indicator) passed ??= batch.slice(0, i);
      if (judged !== undefined) passed?.push(judged);
    }
    return passed ?? batch;
  }

  /** The indicator itself, a copy that says more, or nothing when it was dropped. */
  #judge(indicator: Indicator, hits: readonly Hit[], drop: Drop): Indicator | undefined {
    const { drop: reason, tags, isSharedHost } = verdictOf(hits, this.#policy);
    if (reason !== undefined) {
      const list = this.#lists[reason.list];
      const detail = `${reason.match}: entry \`${reason.entry}\` of "${list?.name}"`;
      drop(indicator, `warninglist:${list?.slug}`, detail);
      return undefined;
    }
    const sharedHost = indicator.sharedHost || isSharedHost;
    if (tags.length === 0 && sharedHost === indicator.sharedHost) return indicator;
    return { ...indicator, tags: this.#withTags(indicator.tags, tags), sharedHost };
  }

  #withTags(tags: readonly string[], lists: readonly number[]): readonly string[] {
    if (lists.length === 0) return tags;
    return [...new Set([...tags, ...lists.map((list) => `warninglist:${this.#lists[list]?.slug}`)])].sort();
  }

  /** Says what was loaded, and what may surprise: lists that nobody gave a rule, entries that never match. */
  #report(lists: readonly Warninglist[]): void {
    const entries = lists.reduce((sum, list) => sum + list.entries.length, 0);
    const named = this.#options.policy.lists;
    const strangers = lists.map(({ slug }) => slug).filter((slug) => groupOf(slug) === 'other' && !(slug in named));
    this.#services.logger.info({ lists: lists.length, entries, strangers }, 'warninglists loaded');
    const { unusable } = this.#matcher;
    if (unusable.length > 0) {
      this.#services.logger.info({ entries: unusable.length, first: unusable.slice(0, 5) }, 'entries that never match');
    }
  }
}
