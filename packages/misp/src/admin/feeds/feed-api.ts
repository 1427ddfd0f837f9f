import { isRecord, listOf, textOf } from '../../fields.ts';
import { HttpError, isMaintenance } from '../../rest/http-error.ts';
import type { MispAnswer, MispClient } from '../../rest/misp-client.ts';
import { accepted } from '../accepted.ts';
import { pagedIndex } from '../paged-index.ts';
import { unexpected } from '../unexpected.ts';
import { type Feed, readFeed } from './feed.ts';
import { feedSecrets } from './feed-secrets.ts';

/** The calls that MISP has for feeds. What changes something is sent once: a repeated `add` would add a second feed. */
export class FeedApi {
  readonly #client: MispClient;
  readonly #signal: AbortSignal;
  readonly #hide: (secrets: readonly string[]) => void;

  /** `hide` is told the credentials of each feed that is read, so that they can be masked where a server repeats them. */
  constructor(client: MispClient, signal: AbortSignal, hide: (secrets: readonly string[]) => void = () => {}) {
    this.#client = client;
    this.#signal = signal;
    this.#hide = hide;
  }

  /** All feeds that the key may see; none for users outside of the host organisation. */
  async list(): Promise<Feed[]> {
    const feeds = await pagedIndex(this.#client, 'feeds/index', feedsOf, this.#signal);
    for (const feed of feeds) this.#hide(feedSecrets(feed));
    return feeds.sort((a, b) => Number(a.id) - Number(b.id));
  }

  async add(fields: object): Promise<Feed> {
    return feedOf('feeds/add', (await this.#send('feeds/add', { Feed: fields })).document);
  }

  /** Changes the given fields and leaves the others. */
  async edit(id: string, fields: object): Promise<void> {
    await this.#send(`feeds/edit/${id}`, { Feed: fields });
  }

  async switch(id: string, enabled: boolean): Promise<void> {
    await this.#send(`feeds/${enabled ? 'enable' : 'disable'}/${id}`, {});
  }

  /**
   * Answers the server's words and its time in Unix seconds. A server without background workers answers when it is
   * done.
   */
  async cache(id: string): Promise<{ readonly note: string; readonly date: number }> {
    const answer = await readingFeed(this.#send(`feeds/cacheFeeds/${id}`, {}));
    const date = Date.parse(answer.headers.date ?? '');
    return { note: messageOf(answer, 'message'), date: (Number.isNaN(date) ? Date.now() : date) / 1000 };
  }

  /** Answers the server's words, which tell failures, too: the status is 200 then. */
  async fetch(id: string): Promise<string> {
    return messageOf(await this.#send(`feeds/fetchFromFeed/${id}`, {}), 'result');
  }

  async loadDefaults(): Promise<string> {
    return messageOf(await this.#send('feeds/loadDefaultFeeds', {}), 'message');
  }

  /** What the feed would bring, as MISP's two shapes have it: a manifest, or a list of values. */
  async preview(id: string): Promise<unknown> {
    return (await readingFeed(this.#client.get(`feeds/previewIndex/${id}`, { signal: this.#signal }))).document;
  }

  /** Id of a tag; case does not count, as for MISP itself. */
  async tagId(name: string): Promise<string | undefined> {
    const { document } = await this.#client.get('tags/index', { signal: this.#signal });
    const tags = listOf(isRecord(document) ? document.Tag : undefined).filter(isRecord);
    const tag = tags.find((found) => textOf(found.name).toLowerCase() === name.toLowerCase());
    return tag && textOf(tag.id);
  }

  async #send(path: string, body: object): Promise<MispAnswer> {
    return accepted(await this.#client.post(path, body, { signal: this.#signal, retries: 0 }));
  }
}

/** MISP answers with a redirect to its list of feeds when it cannot read one; to its login while it is down. */
async function readingFeed(answer: Promise<MispAnswer>): Promise<MispAnswer> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof HttpError) || error.kind !== 'redirected' || isMaintenance(error)) throw error;
    throw new HttpError('failed', `the server could not read the feed, and gives no reason: ${error.message}`);
  }
}

function feedsOf(document: unknown): Feed[] {
  if (!Array.isArray(document)) throw unexpected('feeds/index', 'is no list of feeds');
  return document.map((entry) => feedOf('feeds/index', entry));
}

function feedOf(path: string, document: unknown): Feed {
  const feed = readFeed(document);
  if (feed === undefined) throw unexpected(path, 'holds something that is no feed');
  return feed;
}

function messageOf({ document }: MispAnswer, field: string): string {
  return isRecord(document) ? textOf(document[field]) : '';
}
