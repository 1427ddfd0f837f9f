import type { Cover } from '../cover.ts';
import type { KnownIndicator } from '../known.ts';
import { parseDocuments } from './documents.ts';
import { IndexUnavailable } from './index-unavailable.ts';
import { bucketOf, bucketStem, type Generation, MARK } from './layout.ts';
import type { Command } from './redis-connection.ts';

/** The values of a generation that some questions need, gathered by bucket. */
export class Fetch {
  readonly #stem: string;
  readonly #byBucket = new Map<number, Set<string>>();

  constructor(prefix: string, generation: Generation, covers: readonly Cover[]) {
    this.#stem = bucketStem(prefix, generation.id);
    for (const cover of covers) {
      for (const value of cover.keys()) {
        const bucket = bucketOf(value, generation.buckets);
        const values = this.#byBucket.get(bucket) ?? new Set();
        this.#byBucket.set(bucket, values.add(value));
      }
    }
  }

  /** One for each bucket, which asks for its mark as well. */
  get commands(): Command[] {
    return [...this.#byBucket].map(([bucket, values]) => ['HMGET', `${this.#stem}${bucket}`, MARK, ...values]);
  }

  /** What is known of each value, from the replies to the commands. */
  known(replies: readonly unknown[]): Map<string, KnownIndicator[]> {
    const known = new Map<string, KnownIndicator[]>();
    [...this.#byBucket].forEach(([bucket, values], i) => {
      const [mark, ...documents] = replies[i] as readonly (string | null)[];
      if (typeof mark !== 'string')
        throw new IndexUnavailable('damaged', `Redis: bucket ${bucket} of the index is gone`);
      [...values].forEach((value, j) => {
        const text = documents[j];
        if (typeof text === 'string') known.set(value, parseDocuments(text));
      });
    });
    return known;
  }
}
