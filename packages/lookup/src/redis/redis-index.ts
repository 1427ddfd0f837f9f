import type { RedisOptions } from '@misp-pipeline/core';
import { type Cover, coverOf } from '../cover.ts';
import type { Match, Query, Snapshot } from '../known.ts';
import type { ReadableIndex, Reading } from '../reading.ts';
import { Fetch } from './fetch.ts';
import { IndexUnavailable } from './index-unavailable.ts';
import { currentKey, type Generation, parseGeneration } from './layout.ts';
import { RedisConnection } from './redis-connection.ts';

/** New snapshots during one call before it is given up. */
const MOST_SWITCHES = 5;

/** A generation, and the text that describes it in Redis. */
interface Described {
  readonly text: string;
  readonly generation: Generation;
}

/**
 * The snapshot that is in force in Redis. Buckets of a generation never change and outlive the key that names it as the one
 * in force. So what was read of them is whole, and of one snapshot, when that key, read last on the same connection, names
 * the generation still; otherwise the question is asked again.
 */
export class RedisIndex implements ReadableIndex {
  readonly #redis: RedisConnection;
  readonly #key: string;
  readonly #prefix: string;
  #last: Described | undefined;

  constructor(options: RedisOptions) {
    this.#redis = new RedisConnection(options);
    this.#prefix = options.prefix;
    this.#key = currentKey(options.prefix);
  }

  async snapshot(): Promise<Snapshot> {
    const { generation } = await this.#current();
    return generation.snapshot;
  }

  async find(queries: readonly (readonly Query[])[]): Promise<(readonly Match[])[]> {
    return [...(await this.read(queries)).matches];
  }

  /** One round trip for all queries, unless another generation came into force since the last call. */
  async read(queries: readonly (readonly Query[])[]): Promise<Reading> {
    let last = this.#last ?? (await this.#current());
    for (let switches = 0; switches < MOST_SWITCHES; switches++) {
      const { generation, text } = last;
      const covers = queries.map((readings) => coverOf(readings, generation.prefixLengths));
      const fetch = new Fetch(this.#prefix, generation, covers);
      const replies = await this.#redis.ask([...fetch.commands, ['GET', this.#key]]);
      const now = replies.pop();
      if (now === text) {
        const found = fetch.known(replies);
        const matches = covers.map((cover) => matchesOf(cover, found));
        return { matches, snapshot: generation.snapshot, degraded: false, why: undefined };
      }
      last = this.#describe(now);
    }
    throw new IndexUnavailable('damaged', `Redis: the index was replaced ${MOST_SWITCHES} times during one look-up`);
  }

  async close(): Promise<void> {
    await this.#redis.close();
  }

  async #current(): Promise<Described> {
    const [text] = await this.#redis.ask([['GET', this.#key]]);
    return this.#describe(text);
  }

  #describe(text: unknown): Described {
    this.#last = undefined;
    if (typeof text !== 'string') {
      throw new IndexUnavailable(
        'nothing-published',
        `Redis: no index is published under the prefix \`${this.#prefix}\``,
      );
    }
    this.#last = { text, generation: parseGeneration(text) };
    return this.#last;
  }
}

function matchesOf(cover: Cover, found: ReturnType<Fetch['known']>): Match[] {
  const matches: Match[] = [];
  for (const [value, relations] of cover) {
    for (const indicator of found.get(value) ?? []) {
      const relation = relations.get(indicator.kind);
      if (relation !== undefined) matches.push({ relation, indicator });
    }
  }
  return matches;
}
