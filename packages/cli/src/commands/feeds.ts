import { EXIT } from '@misp-pipeline/core';
import {
  addFeed,
  cacheFeeds,
  type Feed,
  FeedApi,
  type FeedSwitches,
  fetchFeeds,
  HttpError,
  loadDefaultFeeds,
  type MispClient,
  previewFeed,
  readUser,
  select,
  switchFeeds,
} from '@misp-pipeline/misp';
import { type Context, talk } from '../context.ts';
import { feedJson, feedsText, previewText } from '../render/feeds.ts';
import { counted } from '../render/number.ts';
import { visible } from '../render/visible.ts';
import { type ServerCommandOptions, withServer } from '../server.ts';
import { UsageError } from '../usage-error.ts';
import { type AddFeedOptions, feedDraft } from './feed-draft.ts';
import { sayMisses } from './misses.ts';
import { type Changing, faultCode, showOutcomes } from './outcomes.ts';

type ChangingOptions = ServerCommandOptions & Partial<Changing>;

export interface ListFeedsOptions extends ServerCommandOptions {
  readonly enabled?: boolean;
  readonly disabled?: boolean;
}

export async function list(context: Context, names: readonly string[], options: ListFeedsOptions): Promise<number> {
  const { io } = context;
  return withFeeds(context, options, async (api, client) => {
    const all = await api.list();
    const { chosen, misses } = select(all, names.length === 0 ? ['all'] : names);
    const feeds = chosen.filter(({ enabled }) => !((options.enabled && !enabled) || (options.disabled && enabled)));
    const now = Math.floor(Date.now() / 1000);
    if (context.options.json === true) io.json(feeds.map((feed) => feedJson(feed, now)));
    else if (feeds.length > 0) io.result(feedsText(feeds, now));
    if (all.length === 0)
      talk(context, (await seesFeeds(client, context.signal)) ? 'the server has no feeds' : NO_FEEDS);
    return sayMisses(context, misses);
  });
}

const NO_FEEDS = 'the key sees no feeds: they are shown to users of the organisation that runs the server';

/** Whether an empty list of feeds means that there are none; when the server does not say who asks, it is believed. */
async function seesFeeds(client: MispClient, signal: AbortSignal): Promise<boolean> {
  try {
    return (await readUser(client, signal)).siteAdmin;
  } catch (error) {
    if (error instanceof HttpError) return true;
    throw error;
  }
}

/** The feeds of the server, for a command that names some. */
async function feedsFor(api: FeedApi, client: MispClient, signal: AbortSignal): Promise<Feed[]> {
  const feeds = await api.list();
  if (feeds.length === 0 && !(await seesFeeds(client, signal))) throw new HttpError('refused', NO_FEEDS);
  return feeds;
}

export async function add(context: Context, options: AddFeedOptions): Promise<number> {
  return withFeeds(context, options, async (api) => {
    const draft = await feedDraft(context, api, options);
    const dryRun = options.dryRun === true;
    return showOutcomes(context, [await addFeed(api, draft, { dryRun })], { dryRun });
  });
}

export interface SwitchFeedsOptions extends ServerCommandOptions, Partial<Changing> {
  /** Switch caching the same way. */
  readonly cache?: boolean;
}

export function enable(context: Context, names: readonly string[], options: SwitchFeedsOptions): Promise<number> {
  return switchAll(context, names, options, { enabled: true, caching: options.cache === true ? true : undefined });
}

export function disable(context: Context, names: readonly string[], options: SwitchFeedsOptions): Promise<number> {
  return switchAll(context, names, options, { enabled: false, caching: options.cache === true ? false : undefined });
}

function switchAll(
  context: Context,
  names: readonly string[],
  { dryRun = false, ...options }: SwitchFeedsOptions,
  wanted: FeedSwitches,
): Promise<number> {
  return withFeeds(context, options, async (api, client) => {
    const { chosen, misses } = select(await feedsFor(api, client, context.signal), names);
    return showOutcomes(context, [...(await switchFeeds(api, chosen, wanted, { dryRun })), ...misses], { dryRun });
  });
}

export interface CacheFeedsOptions extends ChangingOptions {
  /** Wait until the server's workers are done. */
  readonly wait?: boolean;
  /** Seconds to wait. */
  readonly timeout: number;
}

/** Seconds between two looks at the server. */
const SLOWEST_LOOK = 5;
const FASTEST_LOOK = 1;
const LOOKS = 20;

export async function cache(
  context: Context,
  names: readonly string[],
  { dryRun = false, wait: waits = false, timeout, ...options }: CacheFeedsOptions,
): Promise<number> {
  const { signal } = context;
  return withFeeds(context, options, async (api, client) => {
    const { chosen, misses } = select(await feedsFor(api, client, signal), names, ({ caching }) => caching);
    const wait = waits ? timeout : 0;
    if (waits && !dryRun && chosen.length > 0)
      talk(context, `asking for ${counted(chosen.length, 'feed')}, waiting up to ${wait} s`);
    const interval = Math.max(FASTEST_LOOK, Math.min(SLOWEST_LOOK, wait / LOOKS));
    const outcomes = await cacheFeeds(api, chosen, { dryRun, wait, interval, signal });
    return showOutcomes(context, [...outcomes, ...misses], { dryRun });
  });
}

export async function fetch(
  context: Context,
  names: readonly string[],
  { dryRun = false, ...options }: ChangingOptions,
): Promise<number> {
  return withFeeds(context, options, async (api, client) => {
    const { chosen, misses } = select(await feedsFor(api, client, context.signal), names, ({ enabled }) => enabled);
    return showOutcomes(context, [...(await fetchFeeds(api, chosen, { dryRun })), ...misses], { dryRun });
  });
}

export async function defaults(context: Context, { dryRun = false, ...options }: ChangingOptions): Promise<number> {
  const { io } = context;
  return withFeeds(context, options, async (api) => {
    const { before, added, note, fault } = await loadDefaultFeeds(api, { dryRun });
    const now = Math.floor(Date.now() / 1000);
    if (context.options.json === true)
      io.json({ dryRun, before, note, fault, added: added.map((feed) => feedJson(feed, now)) });
    else if (dryRun) io.result(`would ask the server to load its default feeds; it has ${counted(before, 'feed')} now`);
    else {
      if (added.length > 0) io.result(feedsText(added, now));
      talk(
        context,
        `${counted(added.length, 'feed')} added to the ${before} that were there; the server says: ${visible(note ?? '')}`,
      );
    }
    return faultCode(context, fault);
  });
}

export interface PreviewFeedOptions extends ServerCommandOptions {
  /** Most lines to show. */
  readonly limit: number;
}

export async function preview(context: Context, name: string, options: PreviewFeedOptions): Promise<number> {
  const { io } = context;
  return withFeeds(context, options, async (api, client) => {
    const shown = await previewFeed(api, oneFeed(await feedsFor(api, client, context.signal), name));
    const [kind, all] = 'events' in shown ? ['event', shown.events] : ['value', shown.values];
    if (context.options.json === true) io.json(shown);
    else if (all.length > 0) io.result(previewText(shown, options.limit));
    talk(
      context,
      `${counted(all.length, kind)}${all.length > options.limit ? `, the first ${options.limit} shown` : ''}`,
    );
    return EXIT.ok;
  });
}

function oneFeed(feeds: readonly Feed[], name: string): Feed {
  const { chosen, misses } = select(feeds, [name]);
  const [feed] = chosen;
  if (feed !== undefined && chosen.length === 1) return feed;
  const why = misses[0]?.note ?? `${chosen.length} feeds have such a name`;
  throw new UsageError(`no one feed is \`${visible(name)}\`: ${why}`, '`misp-pipeline feeds list` shows them.');
}

function withFeeds(
  context: Context,
  options: ServerCommandOptions,
  act: (api: FeedApi, client: MispClient) => Promise<number>,
): Promise<number> {
  const hide = (secrets: readonly string[]) => context.io.hide(secrets);
  return withServer(context, options, ({ client }) => act(new FeedApi(client, context.signal, hide), client));
}
