import type { EventIndex } from '../rest/event-index.ts';
import type { AttributeReader } from './attribute-reader.ts';
import { Draft } from './draft.ts';
import type { KnownEvent } from './known-event.ts';
import type { Mirror } from './mirror.ts';
import type { Settled } from './settled.ts';

/** What became of unpublished events. */
export interface Held {
  /** The events that are held. */
  readonly events: ReadonlySet<number>;
  /** Attributes that were removed. */
  readonly withdrawn: number;
}

export interface GraceOptions {
  readonly mirror: Mirror;
  readonly reader: AttributeReader;
  /** Unix seconds. */
  readonly now: number;
  /** Seconds for which the attributes of an event stay that was published and is not any more. */
  readonly grace: number;
}

const DRAFTS_TOO = { published: [0, 1] };

/**
 * Every edit unpublishes an event until somebody publishes it again. What was published stays for the grace period, as far
 * as the draft still says it.
 */
export async function holdUnpublished(
  { events }: EventIndex,
  settled: Settled,
  { mirror, reader, now, grace }: GraceOptions,
  signal: AbortSignal,
): Promise<Held> {
  const known = mirror.events();
  const held = new Set<number>();
  const edited: number[] = [];
  let withdrawn = 0;
  for (const { id, published, timestamp } of events.values()) {
    const before = known.get(id);
    if (published || !before?.wasPublished || !mirror.hasAttributes(id)) continue;
    if (now - sinceWhen(before, now) >= grace) withdrawn += mirror.removeAttributes(id, 'unpublished');
    else {
      held.add(id);
      // An event that changes just now is compared next time.
      if (before.timestamp !== timestamp && settled.has(id)) edited.push(id);
    }
  }
  mirror.forgetWalked();
  const draft = new Draft(mirror);
  for await (const page of reader.of(edited, DRAFTS_TOO, signal)) draft.compare(page);
  const doubtful = edited.filter((id) => mirror.hasUnwalked(id));
  for await (const page of reader.of(doubtful, DRAFTS_TOO, signal)) draft.compare(page);
  for (const id of edited) withdrawn += mirror.removeUnwalked(id, 'attribute');
  return { events: held, withdrawn };
}

/** Since when an event is unpublished. A time to come means that a clock was put back. */
export function sinceWhen(event: KnownEvent | undefined, now: number): number {
  return Math.min(event?.unpublishedSince ?? now, now);
}
