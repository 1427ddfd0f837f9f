import type { Alert, LineReader } from '../alert.ts';
import type { OurRules } from '../rules/our-rules.ts';
import type { Lines } from '../stream/lines.ts';
import type { Position } from '../stream/position.ts';
import { Counts } from './counts.ts';
import type { Mapper, Mapping, OurAlert } from './mapper.ts';
import type { Outbox } from './outbox.ts';
import { HOUR } from './sighting.ts';
import { Tally } from './tally.ts';

export interface CollectorOptions {
  /** Names the stream in the outbox. */
  readonly stream: string;
  readonly read: LineReader;
  readonly rules: OurRules;
  readonly mapper: Mapper;
  readonly outbox: Outbox;
  /** Id of the MISP source that is told of the attributes of a source; undefined when none is. */
  readonly serverOf: (source: string) => string | undefined;
  /** Unix seconds. */
  readonly now: () => number;
}

/** Attributes and hours that are counted in memory. */
const MOST_TALLIED = 10_000;
/** Seconds after which what was counted is kept. */
const KEEP_AFTER = 1;

/** Reads alerts and counts what they saw, attribute by attribute and hour by hour, in bounded memory. */
export class Collector {
  readonly counts = new Counts();
  readonly #options: CollectorOptions;
  #tally = new Tally();
  #position: Position | undefined;
  #kept = 0;

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  /** Reads a stream to its end. Whatever the outcome, what was counted is kept. */
  async collect(stream: AsyncIterable<Lines>): Promise<void> {
    try {
      for await (const lines of stream) {
        await this.#take(lines);
        const isDue = this.#options.now() - this.#kept >= KEEP_AFTER;
        if (isDue || this.#tally.size >= MOST_TALLIED) this.keep();
      }
    } finally {
      this.keep();
    }
  }

  /** Puts what was counted, and how far it was read, into the outbox. */
  keep(): void {
    const { outbox, stream, now } = this.#options;
    this.#kept = now();
    if (this.#tally.size === 0 && this.#position === undefined) return;
    const { counted, late, begun } = outbox.add(this.#tally, stream, this.#position);
    this.counts.counted += counted;
    this.counts.late += late;
    this.counts.sightings += begun;
    this.#tally = new Tally();
    this.#position = undefined;
  }

  async #take({ lines, overlong, position }: Lines): Promise<void> {
    const ours = lines.flatMap((line) => this.#ours(line));
    const mappings = ours.length === 0 ? [] : await this.#options.mapper.map(ours);
    // Nothing is awaited from here on, so that counts and position are kept together.
    for (const [i, { alert }] of ours.entries()) this.#count(alert, mappings[i] ?? { unmapped: 'not-in-index' });
    this.counts.lines += lines.length + overlong;
    this.counts.overlong += overlong;
    this.#position = position;
  }

  #ours(line: string): readonly OurAlert[] {
    const { read, rules, now } = this.#options;
    const alert = read(line);
    if (alert === 'malformed') this.counts.malformed++;
    if (alert === 'malformed' || alert === 'other') return [];
    this.counts.alerts++;
    const rule = rules.ruleOf(alert);
    if (rule === undefined) return [];
    this.counts.ours++;
    if (alert.time <= now() + HOUR) return [{ alert, rule }];
    this.counts.unmapped.add('from-the-future');
    return [];
  }

  #count({ time }: Alert, mapping: Mapping): void {
    if ('unmapped' in mapping) {
      this.counts.unmapped.add(mapping.unmapped);
      return;
    }
    this.counts.mapped++;
    for (const { source, attribute } of mapping.seen) {
      const server = this.#options.serverOf(source);
      if (server === undefined) this.counts.notReportable.add(source);
      else this.#tally.add(server, attribute, time);
    }
  }
}
