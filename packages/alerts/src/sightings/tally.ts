import { HOUR, type Sighting } from './sighting.ts';

/** Counts alerts of an attribute and hour in memory, until the outbox takes them in. */
export class Tally {
  readonly #counts = new Map<string, { -readonly [K in keyof Counted]: Counted[K] }>();

  /** Attributes and hours that were counted. */
  get size(): number {
    return this.#counts.size;
  }

  add(server: string, attribute: string, time: number): void {
    const hour = time - (time % HOUR);
    const key = `${server} ${attribute} ${hour}`;
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { server, attribute, hour, count: 1, last: time });
    else {
      known.count++;
      known.last = Math.max(known.last, time);
    }
  }

  sightings(): Iterable<Counted> {
    return this.#counts.values();
  }
}

/** A sighting before it is known which part of its hour it is. */
export type Counted = Omit<Sighting, 'part'>;
