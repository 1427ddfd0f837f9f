import { setImmediate as eventLoopTurn } from 'node:timers/promises';
import type { EventIndex, EventVersion } from '../rest/event-index.ts';
import { type GraceOptions, type Held, holdUnpublished, sinceWhen } from './grace.ts';
import type { KnownEvent } from './known-event.ts';
import { RowWriter } from './mirrored-row.ts';
import { Settled } from './settled.ts';
import type { Withdrawal } from './withdrawals.ts';

export interface SyncOptions extends GraceOptions {
  /** All events and their versions, as they are now. */
  readonly index: (signal: AbortSignal) => Promise<EventIndex>;
  /** Identifies what is asked for, and of whom: what another view of the server showed is of no use. */
  readonly view: string;
  /** Whether only published events are taken. */
  readonly published: boolean;
  /** Unix seconds: only what was published since then is taken; undefined for no such limit. */
  readonly publishedSince: number | undefined;
  /** Whether a server may count attributes that it does not send. */
  readonly allowIncomplete: boolean;
}

/** `full`: all attributes are walked. `changes`: those of events that changed. */
export type SyncMode = 'full' | 'changes';

/** What one sync did, in attributes. */
export interface SyncAccount {
  readonly mode: SyncMode;
  /** Counted by the server in this sync, whether or not it sent them. */
  readonly counted: number;
  readonly received: number;
  /** Removed from the mirror, since the server does not vouch for them any more. */
  readonly withdrawn: number;
  /** Kept although their event is unpublished at the moment. */
  readonly held: number;
}

/** The server counted attributes that it did not send. */
export class IncompleteWalk extends Error {
  override readonly name = 'IncompleteWalk';

  constructor(counted: number, received: number) {
    super(`the server counted ${counted} attributes, but only ${received} came`);
  }
}

/** Attributes that are written before sockets and signals have their turn. */
const ROWS_A_TURN = 500;

const NOTHING_HELD: Held = { events: new Set(), withdrawn: 0 };

/**
 * Brings a mirror up to date with its server.
 *
 * A full sweep walks all attributes; what it does not meet is gone. A sync of changes compares the versions of all events
 * and reads those that are new or changed: whole, since a tag that is added to one attribute may move the timestamp of the
 * event and not that of the attribute. No clock but the server's plays a part, and events that arrive with old timestamps
 * (pulled from another server) are found. What moves no event's timestamp (local tags, warninglists, decay) waits for the
 * next sweep.
 *
 * The versions are read before and after. What changed in between loses nothing now, and is read again next time. Nothing is
 * withdrawn on the word of a single walk: what it did not meet is asked for once more.
 */
export class Sync {
  readonly #options: SyncOptions;
  readonly #rows = new RowWriter();
  #received = 0;
  #unidentified = 0;
  #withdrawn = 0;

  constructor(options: SyncOptions) {
    this.#options = options;
  }

  /** Called once. Leaves the mirror as it was when it throws. */
  async run(mode: SyncMode, signal: AbortSignal): Promise<SyncAccount> {
    const { mirror } = this.#options;
    const before = await this.#options.index(signal);
    mirror.begin();
    try {
      const held = mode === 'full' ? await this.#sweep(before, signal) : await this.#followChanges(before, signal);
      const { counted, received } = this.#completeness();
      mirror.synced = this.#options.now;
      mirror.commit();
      return { mode, counted, received, withdrawn: this.#withdrawn, held };
    } catch (error) {
      mirror.rollback();
      throw error;
    }
  }

  async #sweep(before: EventIndex, signal: AbortSignal): Promise<number> {
    const { mirror, reader, now, view } = this.#options;
    if (mirror.sweep?.view !== view) mirror.clear();
    const taken = [...before.events.values()].filter((event) => this.#isTaken(event));
    await this.#put(reader.all(idsOf(taken), signal));
    const after = await this.#options.index(signal);
    const settled = new Settled(before, after, now);
    const spared = [...after.events.values()].filter((event) => !this.#isTaken(event) || !settled.has(event.id));
    const isSpared = new Set(idsOf(spared));
    const doubtful = mirror.unwalkedEvents().filter((id) => after.events.has(id) && !isSpared.has(id));
    await this.#put(reader.of(doubtful, {}, signal));
    for (const event of mirror.events().values()) {
      if (!after.events.has(event.id)) this.#withdrawn += mirror.removeUnwalked(event.id, this.#whyUnlisted(event));
    }
    this.#withdrawn += mirror.removeAllUnwalked(isSpared, 'attribute');
    mirror.removeEmptyEvents();
    mirror.sweep = { swept: now, view };
    return this.#conclude(after, settled, signal);
  }

  async #followChanges(before: EventIndex, signal: AbortSignal): Promise<number> {
    const { mirror, reader, now } = this.#options;
    const known = mirror.events();
    for (const event of known.values()) {
      if (!before.events.has(event.id)) this.#withdrawn += mirror.removeEvent(event.id, this.#whyUnlisted(event));
    }
    const changed = [...before.events.values()].filter((event) => this.#isChanged(event, known.get(event.id)));
    const ids = idsOf(changed.filter((event) => this.#isTaken(event)));
    await this.#put(reader.of(ids, {}, signal));
    const after = ids.length === 0 ? before : await this.#options.index(signal);
    const settled = new Settled(before, after, now);
    await this.#put(
      reader.of(
        ids.filter((id) => settled.has(id) && mirror.hasUnwalked(id)),
        {},
        signal,
      ),
    );
    for (const id of ids) if (settled.has(id)) this.#withdrawn += mirror.removeUnwalked(id, 'attribute');
    return this.#conclude(after, settled, signal);
  }

  async #put(pages: AsyncIterable<readonly unknown[]>): Promise<void> {
    for await (const page of pages) {
      for (const [i, attribute] of page.entries()) {
        // Lets the request for the next page leave, and its answer come, while this one is written.
        if (i % ROWS_A_TURN === 0) await eventLoopTurn();
        const row = this.#rows.rowOf(attribute);
        if (row === undefined) this.#unidentified++;
        else {
          this.#options.mirror.put(row);
          this.#received++;
        }
      }
    }
  }

  /** Holds what is unpublished, remembers the versions, and returns how many attributes are held. */
  async #conclude(after: EventIndex, settled: Settled, signal: AbortSignal): Promise<number> {
    const { mirror, published, now } = this.#options;
    const held = published ? await holdUnpublished(after, settled, this.#options, signal) : NOTHING_HELD;
    this.#withdrawn += held.withdrawn;
    const known = mirror.events();
    for (const event of after.events.values()) {
      const unpublishedSince = held.events.has(event.id) ? sinceWhen(known.get(event.id), now) : undefined;
      mirror.setEvent({ ...event, timestamp: settled.timestampOf(event), unpublishedSince });
    }
    return [...held.events].reduce((sum, id) => sum + mirror.countOf(id), 0);
  }

  #completeness(): Pick<SyncAccount, 'counted' | 'received'> {
    const received = this.#received;
    const counted = received + this.#unidentified + this.#options.reader.missing;
    if (counted > received && !this.#options.allowIncomplete) throw new IncompleteWalk(counted, received);
    return { counted, received };
  }

  #isChanged(event: EventVersion, known: KnownEvent | undefined): boolean {
    if (known === undefined || known.timestamp !== event.timestamp || known.published !== event.published) return true;
    if (known.uuid !== undefined && event.uuid !== '' && known.uuid !== event.uuid) return true;
    // Published again without a change, or it would not be in the index any more.
    return this.#isPublishedTooLongAgo(known);
  }

  #whyUnlisted(event: KnownEvent): Withdrawal {
    return this.#isPublishedTooLongAgo(event) ? 'last' : 'event';
  }

  #isPublishedTooLongAgo({ publishedAt }: KnownEvent): boolean {
    const { publishedSince } = this.#options;
    return publishedSince !== undefined && publishedAt !== undefined && publishedAt < publishedSince;
  }

  #isTaken({ published }: EventVersion): boolean {
    return published || !this.#options.published;
  }
}

function idsOf(events: readonly EventVersion[]): readonly number[] {
  return events.map(({ id }) => id);
}
