import type { EventIndex, EventVersion } from '../rest/event-index.ts';

/**
 * An event that changed so shortly before its version was read may change again within the same second: its version would
 * be the same. It is read again next time.
 */
const UNSETTLED = 60;

/** Which events stood still while they were read: their versions were the same before and after. */
export class Settled {
  readonly #before: EventIndex;
  readonly #after: EventIndex;
  readonly #until: number;

  /** `now` in Unix seconds, for a server that does not tell its own time. */
  constructor(before: EventIndex, after: EventIndex, now: number) {
    this.#before = before;
    this.#after = after;
    this.#until = (before.takenAt ?? now) - UNSETTLED;
  }

  has(id: number): boolean {
    const before = this.#before.events.get(id);
    const after = this.#after.events.get(id);
    return before?.timestamp === after?.timestamp && before?.published === after?.published;
  }

  /** What to remember of an event; undefined when it has to be read again next time. */
  timestampOf({ id, timestamp }: EventVersion): number | undefined {
    return this.has(id) && timestamp < this.#until ? timestamp : undefined;
  }
}
