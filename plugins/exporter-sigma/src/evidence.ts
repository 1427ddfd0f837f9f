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

/** Sums up events and days for the head of a rule. */
export class EvidenceReader {
  readonly #today: number;
  readonly #days = new Map<string, number>();

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
    const references = new Set<string>();
    for (const { uuid, date, link } of contexts) {
      see(this.#day(date));
      events.add(uuid);
      references.add(link !== undefined && isReference(link) ? link : `urn:uuid:${uuid}`);
    }
    return {
      earliest: isoDay(Math.min(earliest, latest)),
      latest: isoDay(latest),
      events: events.size,
      references: [...references].filter(isReference).sort().slice(0, MAX_REFERENCES),
    };
  }

  /** Day of `YYYY-MM-DD` since 1970-01-01, or 0 for what is no date. Few dates recur often. */
  #day(date: string): number {
    let day = this.#days.get(date);
    if (day === undefined) {
      const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : Number.NaN;
      day = Number.isNaN(time) ? 0 : time / 1000 / SECONDS_A_DAY;
      this.#days.set(date, day);
    }
    return day;
  }
}

function isoDay(day: number): string {
  return new Date(day * SECONDS_A_DAY * 1000).toISOString().slice(0, 10);
}

/** Links of these two sites are no references to an event and draw complaints from validators. */
const FOREIGN = /^https:\/\/(?:github\.com|attack\.mitre\.org)\//;

function isReference(text: string): boolean {
  return text.length <= 2048 && isWritable(text) && !FOREIGN.test(text);
}
