import { contentOf } from '../document.ts';
import { uuidOf } from '../fields.ts';

/** UUID of the only event in a document, in lower case; undefined when there is none, or more than one. */
export function eventUuid(document: unknown): string | undefined {
  const { events } = contentOf(document);
  return events.length === 1 ? uuidOf(events[0]?.uuid) : undefined;
}
