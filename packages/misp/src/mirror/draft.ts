import { type Fields, isRecord } from '../fields.ts';
import { tagNamesOf } from '../tags.ts';
import type { Mirror } from './mirror.ts';
import { RowWriter } from './mirrored-row.ts';

/**
 * Compares what was published of events with their present drafts. An attribute of which the draft says the same type and
 * value stays, with what else the draft says of it. A new value is not taken before it is published. Labels of both hold: a
 * stricter one at once, and a looser one not before it is published.
 */
export class Draft {
  readonly #mirror: Mirror;
  readonly #rows = new RowWriter();

  constructor(mirror: Mirror) {
    this.#mirror = mirror;
  }

  /** `page` holds attributes of drafts. Those that stay are marked as walked. */
  compare(page: readonly unknown[]): void {
    for (const attribute of page) {
      if (!isRecord(attribute) || !isRecord(attribute.Event)) continue;
      const draft = this.#rows.rowOf(attribute);
      const published = draft && this.#mirror.row(draft.id);
      if (published === undefined || published.type !== attribute.type || published.value !== attribute.value) continue;
      const row = this.#rows.rowOf(withLabelsOf(published, attribute, attribute.Event));
      if (row !== undefined) this.#mirror.put(row);
    }
  }
}

/** What is held counts as published. */
function withLabelsOf(published: Fields, attribute: Fields, event: Fields): Fields {
  const before = isRecord(published.Event) ? published.Event : {};
  return {
    ...attribute,
    Tag: union(published, attribute),
    Event: { ...event, published: true, Tag: union(before, event) },
  };
}

function union(some: Fields, others: Fields): readonly string[] {
  return [...new Set([...tagNamesOf(some), ...tagNamesOf(others)])];
}
