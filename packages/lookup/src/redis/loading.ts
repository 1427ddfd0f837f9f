import { randomUUID } from 'node:crypto';
import { type RedisOptions, secondsOfSpan } from '@misp-pipeline/core';
import { SeenPrefixLengths } from '../build/prefix-lengths.ts';
import type { KnownIndicator, Snapshot } from '../known.ts';
import { joined } from './documents.ts';
import { IndexUnavailable } from './index-unavailable.ts';
import {
  bucketOf,
  bucketStem,
  bucketsFor,
  currentKey,
  FORMAT,
  type Generation,
  MARK,
  parseGeneration,
} from './layout.ts';
import type { Command, RedisConnection } from './redis-connection.ts';
import { APART, SWITCH } from './switch-script.ts';

/** Buckets that are treated in one go. */
const STEP = 500;

/** Seconds that Redis may take for one step: a load may wait for a disk, unlike somebody who looks up. */
const PATIENCE = 60;

/** Milliseconds that what a killed process was loading stays, and after which a process that lives renews that. */
const LEASE = 600_000;
const RENEW_AFTER = LEASE / 4;

/** Seconds by which buckets outlive the key that names their generation. */
const MARGIN = 60;

/** A generation on its way into Redis. Until it is switched to, nobody reads it, and all of it ends by itself. */
export class Loading {
  readonly #redis: RedisConnection;
  readonly #options: RedisOptions;
  readonly #id = randomUUID();
  readonly #buckets: number;
  readonly #stem: string;
  readonly #lengths = new SeenPrefixLengths();
  #values = 0;
  #renewAt = 0;

  /** `indicators` is how many will come; it only decides about the number of buckets. */
  constructor(redis: RedisConnection, options: RedisOptions, indicators: number) {
    this.#redis = redis;
    this.#options = options;
    this.#buckets = bucketsFor(indicators);
    this.#stem = bucketStem(options.prefix, this.#id);
  }

  /** Makes the buckets. None is ever without an end, whenever this process or the connection dies. */
  async begin(): Promise<void> {
    await this.#inSteps(async (keys) => {
      await this.#ask([['MULTI'], ...keys.map((key) => ['HSET', key, MARK, '']), ...keys.map(leaseOf), ['EXEC']]);
    });
    this.#renewAt = performance.now() + RENEW_AFTER;
  }

  /** Values that an earlier batch has brought already, with another kind, direction or port, get more documents. */
  async add(batch: readonly KnownIndicator[]): Promise<void> {
    if (performance.now() > this.#renewAt) await this.#renew();
    const documents = [...this.#documentsOf(batch)].map(([value, texts]) => ({
      place: [this.#bucketOf(value), value],
      text: joined(texts),
    }));
    const isNew = await this.#ask(documents.map(({ place, text }) => ['HSETNX', ...place, text]));
    this.#values += isNew.filter((reply) => reply === 1).length;
    const more = documents.filter((_, i) => isNew[i] === 0);
    const earlier = await this.#ask(more.map(({ place }) => ['HGET', ...place]));
    await this.#ask(more.map(({ place, text }, i) => ['HSET', ...place, joined([String(earlier[i]), text])]));
  }

  /**
   * Puts the generation in force and returns the snapshot that it replaces. When it fails because no reply came, the
   * generation may be in force, so it must not be discarded then.
   */
  async switchOver(snapshot: Snapshot): Promise<Snapshot | undefined> {
    const { prefix, ttl, grace } = this.#options;
    const [id, buckets, prefixLengths] = [this.#id, this.#buckets, this.#lengths.longestFirst()];
    const generation: Generation = { format: FORMAT, id, buckets, prefixLengths, snapshot };
    const spans = [secondsOfSpan(ttl), MARGIN, secondsOfSpan(grace)].map((seconds) => seconds * 1000);
    const [replaced] = await this.#ask([
      [
        ...['EVAL', SWITCH, '1', currentKey(prefix), JSON.stringify(generation), this.#stem],
        ...[buckets, this.#values, ...spans].map(String),
        prefix,
      ],
    ]);
    return snapshotOf(replaced);
  }

  /** Removes what was loaded, in steps. */
  async discard(): Promise<void> {
    await this.#inSteps(async (keys) => {
      await this.#ask(keys.map((key) => ['UNLINK', key]));
    });
  }

  #documentsOf(batch: readonly KnownIndicator[]): Map<string, string[]> {
    const byValue = new Map<string, string[]>();
    for (const known of batch) {
      if (known.kind === 'cidr') this.#lengths.add(known.value);
      const documents = byValue.get(known.value) ?? [];
      byValue.set(known.value, documents);
      documents.push(JSON.stringify(known));
    }
    return byValue;
  }

  async #renew(): Promise<void> {
    await this.#inSteps(async (keys) => {
      const isThere = await this.#ask(keys.map(leaseOf));
      if (isThere.includes(0)) throw new IndexUnavailable('damaged', 'Redis: a part of what was loaded is gone');
    });
    this.#renewAt = performance.now() + RENEW_AFTER;
  }

  async #inSteps(step: (keys: readonly string[]) => Promise<void>): Promise<void> {
    for (let first = 0; first < this.#buckets; first += STEP) {
      const length = Math.min(STEP, this.#buckets - first);
      await step(Array.from({ length }, (_, i) => `${this.#stem}${first + i}`));
    }
  }

  async #ask(commands: readonly Command[]): Promise<unknown[]> {
    return commands.length === 0 ? [] : await this.#redis.ask(commands, PATIENCE);
  }

  #bucketOf(value: string): string {
    return `${this.#stem}${bucketOf(value, this.#buckets)}`;
  }
}

/** Undefined when nothing was in force, or something that another version has written. */
function snapshotOf(replaced: unknown): Snapshot | undefined {
  if (typeof replaced !== 'string') return undefined;
  try {
    return parseGeneration(replaced).snapshot;
  } catch {
    return undefined; // It is replaced all the same.
  }
}

/** The buckets of a step end a little apart, so that Redis never has to remove all at once. */
function leaseOf(key: string, number: number): Command {
  return ['PEXPIRE', key, String(LEASE + number * APART)];
}
