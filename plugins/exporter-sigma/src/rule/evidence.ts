import type { EventContext, Indicator } from '@misp-pipeline/core';
import { isWritable } from './value.ts';

const MAX_REFERENCES = 10;
const SECONDS_A_DAY = 86_400;

/** What vouches for the indicators of a rule. */
export interface Evidence {
  /** Earliest and latest day, `YYYY-MM-DD` in UTC; 1970-01-01 when no day is known. */
  readonly earliest: string;
  readonly latest: string;
  /** Number of distinct events. */
  readonly events: number;
  /** Links to the events, or `urn:uuid:` where none is known; sorted, at most ten. */
  readonly references: readonly string[];
}

/** What an event says of itself. */
interface Facts {
  /** Day since 1970-01-01, or 0 when it gives no date. */
  readonly day: number;
  readonly reference: string | undefined;
}

/** Sums up events and days for the head of a rule. */
export class EvidenceReader {
  readonly #today: number;
  /** An event vouches for indicators of many rules. */
  readonly #facts = new Map<EventContext, Facts>();

  /** Days after `now` are taken for mistakes and left out. */
  constructor(now: Date) {
    this.#today = Math.floor(now.getTime() / 1000 / SECONDS_A_DAY);
  }

  read(indicators: readonly Indicator[]): Evidence {
    let earliest = Number.POSITIVE_INFINITY;
    let latest = 0;
    const see = (day: number): void => {
      if (day <= 0 || day > this.#today) return;
      if (day < earliest) earliest = day;
      if (day > latest) latest = day;
    };
    const contexts = new Set<EventContext>();
    for (const indicator of indicators) {
      if (indicator.updated !== undefined) see(Math.floor(indicator.updated / SECONDS_A_DAY));
      for (const { event } of indicator.origins) contexts.add(event);
    }
    const events = new Set<string>();
    const references: string[] = [];
    for (const event of contexts) {
      const { day, reference } = this.#factsOf(event);
      see(day);
      events.add(event.uuid);
      if (reference !== undefined) insert(references, reference);
    }
    return {
      earliest: isoDay(Math.min(earliest, latest)),
      latest: isoDay(latest),
      events: events.size,
      references,
    };
  }

  #factsOf(event: EventContext): Facts {
    let facts = this.#facts.get(event);
    if (facts === undefined) {
      facts = { day: dayOf(event.date), reference: referenceTo(event) };
      this.#facts.set(event, facts);
    }
    return facts;
  }
}

/** Keeps the first references in order, each once. */
function insert(references: string[], reference: string): void {
  const place = references.findIndex((known) => known >= reference);
  if (place < 0) {
    if (references.length < MAX_REFERENCES) references.push(reference);
  } else if (references[place] !== reference) {
    references.splice(place, 0, reference);
    references.length = Math.min(references.length, MAX_REFERENCES);
  }
}

/** Day of `YYYY-MM-DD`, or 0 for what is no date. */
function dayOf(date: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : Number.NaN;
  return Number.isNaN(time) ? 0 : time / 1000 / SECONDS_A_DAY;
}

function isoDay(day: number): string {
  return new Date(day * SECONDS_A_DAY * 1000).toISOString().slice(0, 10);
}

function referenceTo({ uuid, link }: EventContext): string | undefined {
  if (link !== undefined && isReference(link)) return link;
  const urn = `urn:uuid:${uuid}`;
  return isReference(urn) ? urn : undefined;
}

/** Links of these two sites are no references to an event and draw complaints from validators. */
const FOREIGN = /^https:\/\/(?:github\.com|attack\.mitre\.org)\//;

function isReference(text: string): boolean {
  return text.length <= 2048 && isWritable(text) && !FOREIGN.test(text);
}
