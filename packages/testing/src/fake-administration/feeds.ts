import {
  type AdministrationAnswer,
  type AdministrationRequest,
  type Fields,
  member,
  ok,
  redirect,
  says,
} from './exchange.ts';

export interface FakeFeedsOptions {
  /** Fields that differ from those of a new feed. */
  readonly feeds: readonly Fields[];
  /** Feeds that MISP brings along. */
  readonly defaults: readonly Fields[];
  /** Whether jobs wait for {@link FakeFeeds.work} instead of being done at once. */
  readonly workers: boolean;
  /** Feeds that cannot be downloaded. */
  readonly broken: (feed: Fields) => boolean;
  /** What previewIndex answers for a feed. */
  readonly preview: (feed: Fields) => unknown;
}

const NEW_FEED = {
  rules: null,
  enabled: false,
  distribution: '0',
  sharing_group_id: '0',
  tag_id: '0',
  default: false,
  source_format: 'freetext',
  fixed_event: true,
  settings: '[]',
  input_source: 'network',
  lookup_visible: false,
  headers: null,
  caching_enabled: false,
  cache_timestamp: false,
};

/** The feeds of a MISP server, as its API shows and changes them. */
export class FakeFeeds {
  readonly feeds: Fields[] = [];
  readonly #options: FakeFeedsOptions;
  readonly #jobs: Fields[] = [];
  #clock = 1_795_488_000;

  constructor(options: FakeFeedsOptions) {
    this.#options = options;
    for (const feed of options.feeds) this.#insert(feed);
  }

  /** Lets the background workers do what is queued. */
  work(): void {
    for (const feed of this.#jobs.splice(0)) this.#download(feed);
  }

  /** Undefined for what is no call of feeds. */
  answer({ method, path, body }: AdministrationRequest): AdministrationAnswer | undefined {
    const [, action = '', id = ''] = path.split('/');
    const feed = this.feeds.find((one) => one.id === id);
    const fields = member(body, 'Feed') ?? body;
    if (action === 'index') return ok(this.feeds.map((one) => ({ Feed: one })));
    if (action === 'add') return this.#add(fields, path);
    if (action === 'loadDefaultFeeds') return this.#loadDefaults(method, path);
    if (action === 'edit') return feed === undefined ? says(404, 'Invalid Feed.', path) : this.#edit(feed, fields);
    if (action === 'enable' || action === 'disable') return switched(feed, action, path);
    if (action === 'cacheFeeds')
      return feed === undefined ? says(500, 'An Internal Error Has Occurred.', path) : this.#cache(feed);
    if (action === 'fetchFromFeed') return feed === undefined ? says(404, 'Invalid feed.', path) : this.#fetch(feed);
    if (action === 'previewIndex' && feed !== undefined)
      return this.#options.broken(feed) ? redirect('/feeds') : ok(this.#options.preview(feed));
    return undefined;
  }

  #insert(fields: object): Fields {
    const feed: Fields = { ...NEW_FEED, ...fields, id: String(this.feeds.length + 1) };
    if (typeof feed.settings === 'object') feed.settings = JSON.stringify(feed.settings);
    this.feeds.push(feed);
    return feed;
  }

  #add(fields: unknown, path: string): AdministrationAnswer {
    for (const name of ['name', 'provider', 'url']) {
      if (typeof member(fields, name) === 'string' && member(fields, name) !== '') continue;
      const errors = { [name]: ['This field cannot be left blank'] };
      const message = 'Could not add feed';
      return { status: 403, body: { saved: false, name: message, message, url: `/${path}`, errors } };
    }
    const { cache_timestamp: _, ...feed } = this.#insert(Object(fields));
    return ok({ Feed: feed });
  }

  #edit(feed: Fields, fields: unknown): AdministrationAnswer {
    Object.assign(feed, fields);
    if (typeof feed.settings === 'object') feed.settings = JSON.stringify(feed.settings);
    return ok({ Feed: feed });
  }

  #loadDefaults(method: string, path: string): AdministrationAnswer {
    if (method === 'GET') return says(500, 'An Internal Error Has Occurred.', path);
    const known = new Set(this.feeds.map(({ url }) => url));
    for (const feed of this.#options.defaults) if (!known.has(feed.url)) this.#insert({ ...feed, default: true });
    const message = 'Default feed metadata loaded.';
    return ok({ saved: true, success: true, name: message, message, url: `/${path}` });
  }

  #cache(feed: Fields): AdministrationAnswer {
    if (this.#options.workers) this.#jobs.push(feed);
    else if (this.#options.broken(feed)) return redirect('/feeds');
    else this.#download(feed);
    const message = this.#options.workers
      ? 'Feed caching job initiated.'
      : 'Caching the feeds has successfully completed.';
    return ok({ saved: true, success: true, name: message, message, url: '/feeds/cacheFeed' });
  }

  #download(feed: Fields): void {
    this.#clock += 1;
    if (feed.caching_enabled === true && !this.#options.broken(feed)) feed.cache_timestamp = String(this.#clock);
  }

  #fetch(feed: Fields): AdministrationAnswer {
    if (feed.enabled !== true) return ok({ result: 'Feed is currently not enabled. Make sure you enable it.' });
    if (this.#options.workers) return ok({ result: 'Pull queued for background execution.' });
    if (this.#options.broken(feed)) return ok({ result: 'Fetching the feed has failed.' });
    return ok({ result: 'Fetching the feed has successfully completed. Downloaded 1 new event(s).' });
  }
}

function switched(feed: Fields | undefined, action: 'enable' | 'disable', path: string): AdministrationAnswer {
  if (feed === undefined) return says(405, 'Invalid Feed.', path);
  feed.enabled = action === 'enable';
  return says(200, `Feed ${action}d.`, path);
}
