import { hash } from 'node:crypto';
import { pipelineError } from '../errors.ts';
import type { AssignedId, IdBook, IdLedger, IdRange } from './ledger.ts';

/** What the ledger remembers of a key. */
export interface IdRecord extends AssignedId {
  /** First 16 hex digits of the SHA-1 of the text. */
  readonly digest: string;
}

/**
 * The numbers of one stage. A new key's number follows from the key itself, so that machines that share nothing still
 * mostly agree; only where two keys want the same number does the order of asking decide, and the ledger remembers.
 */
export class StageIds implements IdLedger {
  readonly #stage: string;
  readonly #records: Map<string, IdRecord>;
  readonly #used: Set<number>;
  /** Keys whose record is new or has changed since the ledger was loaded. */
  readonly changed = new Map<string, IdRecord>();

  constructor(stage: string, records: Map<string, IdRecord> = new Map()) {
    this.#stage = stage;
    this.#records = records;
    this.#used = new Set();
    for (const { id } of records.values()) this.#used.add(id);
  }

  book(range: IdRange, taken: ReadonlySet<number> = new Set()): IdBook {
    return { assign: (key, text) => this.#assign(key, text, range, taken) };
  }

  #assign(key: string, text: string, range: IdRange, taken: ReadonlySet<number>): AssignedId {
    const digest = hash('sha1', text).slice(0, 16);
    const known = this.#records.get(key);
    if (known === undefined) return this.#record(key, { id: this.#free(key, range, taken), revision: 1, digest });
    const id = known.id >= range.first && known.id <= range.last ? known.id : this.#free(key, range, taken);
    if (id === known.id && digest === known.digest) return known;
    return this.#record(key, { id, revision: known.revision + 1, digest });
  }

  #record(key: string, record: IdRecord): IdRecord {
    this.#records.set(key, record);
    this.changed.set(key, record);
    this.#used.add(record.id);
    return record;
  }

  #free(key: string, { first, last }: IdRange, taken: ReadonlySet<number>): number {
    const size = last - first + 1;
    const start = Number.parseInt(hash('sha1', key).slice(0, 12), 16) % size;
    for (let step = 0; step < size; step++) {
      const id = first + ((start + step) % size);
      if (!this.#used.has(id) && !taken.has(id)) return id;
    }
    throw pipelineError('IDS_EXHAUSTED', { exporter: this.#stage, first, last });
  }
}
