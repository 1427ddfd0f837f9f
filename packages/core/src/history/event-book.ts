import type { DatabaseSync } from 'node:sqlite';
import type { EventContext, Origin } from '../indicator.ts';

/** What the history remembers of an event. */
export interface KnownEvent {
  readonly id: number;
  /** Id of the source in the config. */
  readonly source: string;
  readonly uuid: string;
  readonly title: string;
  readonly org: string;
}

/** Gives each event of each source a small number, under which entries name it. */
export class EventBook {
  readonly #db: DatabaseSync;
  readonly #byKey = new Map<string, KnownEvent>();
  readonly #byId = new Map<number, KnownEvent>();
  readonly #byContext = new WeakMap<EventContext, KnownEvent>();
  readonly #unsaved = new Set<KnownEvent>();

  constructor(db: DatabaseSync) {
    this.#db = db;
    for (const row of db.prepare('SELECT id, source, uuid, title, org FROM event').iterate())
      this.#know(row as unknown as KnownEvent);
  }

  /** The event of an origin, with its title and organisation as they are now. */
  of({ source, event }: Origin): KnownEvent {
    const seen = this.#byContext.get(event);
    if (seen !== undefined && seen.source === source) return seen;
    const { uuid, title, org } = event;
    const known = this.#byKey.get(keyOf(source, uuid));
    const current =
      known !== undefined && known.title === title && known.org === org
        ? known
        : this.#know({ id: known?.id ?? this.#byId.size + 1, source, uuid, title, org });
    if (current !== known) this.#unsaved.add(current);
    this.#byContext.set(event, current);
    return current;
  }

  byId(id: number): KnownEvent | undefined {
    return this.#byId.get(id);
  }

  /** Writes what is new or renamed. */
  save(): void {
    const upsert = this.#db.prepare(
      'INSERT OR REPLACE INTO event (id, source, uuid, title, org) VALUES (?, ?, ?, ?, ?)',
    );
    for (const { id, source, uuid, title, org } of this.#unsaved) upsert.run(id, source, uuid, title, org);
    this.#unsaved.clear();
  }

  #know(event: KnownEvent): KnownEvent {
    this.#byKey.set(keyOf(event.source, event.uuid), event);
    this.#byId.set(event.id, event);
    return event;
  }
}

function keyOf(source: string, uuid: string): string {
  return `${source}\0${uuid}`;
}
