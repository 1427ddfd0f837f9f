import { isRecord } from '../fields.ts';
import type { Mirror } from './mirror.ts';
import { RowWriter } from './mirrored-row.ts';

/**
 * Compares what was published of events with their present drafts. An attribute of which the draft says the same type and
 * value stays, with what else the draft says of it: a label that was made stricter holds at once. A new value is not taken
 * before it is published.
 */
export class Draft {
  readonly #mirror: Mirror;
  readonly #rows = new RowWriter();

  constructor(mirror: Mirror) {
    this.#mirror = mirror;
    mirror.forgetWalked();
  }

  /** `page` holds attributes of drafts. Those that stay are marked as seen. */
  compare(page: readonly unknown[]): void {
    for (const attribute of page) {
      if (!isRecord(attribute) || !isRecord(attribute.Event)) continue;
      // What is held counts as published.
      const row = this.#rows.rowOf({ ...attribute, Event: { ...attribute.Event, published: true } });
      const mirrored = row && this.#mirror.fieldsOf(row.id);
      if (row === undefined || mirrored === undefined) continue;
      const { type, value } = JSON.parse(mirrored);
      if (attribute.type === type && attribute.value === value) this.#mirror.put(row);
    }
  }
}
