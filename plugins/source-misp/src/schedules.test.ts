import { rm } from 'node:fs/promises';
import { isPipelineError } from '@misp-pipeline/core';
import {
  FakeInstance,
  type Misbehaviour,
  Random,
  readSource,
  type SourceReading,
  startFakeMisp,
  testServices,
} from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import plugin from './index.ts';

const SCHEDULES = 500;
const AT_ONCE = 25;
const HOUR = 3600;
const TAGS = ['tlp:green', 'tlp:amber', 'tlp:red', 'type:OSINT'];
const TROUBLES: readonly Misbehaviour[] = ['rate-limit', 'error', 'truncated', 'reset', 'redirect', 'html'];

/** A server whose users are at work, and a source that reads it again and again. */
class Schedule {
  readonly #random: Random;
  readonly #instance = new FakeInstance();
  readonly #services = testServices();
  readonly #skew: number;
  readonly #skips: boolean;
  readonly #options: Record<string, unknown>;
  #trouble = 0;
  #edits = 0;
  /** Values that were published all the time. */
  #always: ReadonlySet<string> | undefined;

  constructor(seed: number) {
    this.#random = new Random(seed);
    this.#skew = this.#random.pick([0, 0, -30, 30, -2 * HOUR, 24 * HOUR]);
    this.#skips = this.#random.chance(0.3);
    this.#options = {
      pageSize: 100,
      retries: 3,
      retryDelay: 0.000_1,
      scope: this.#random.chance(0.3) ? 'events' : 'attributes',
      grace: this.#random.pick(['0s', '4h']),
      sweep: this.#random.pick(['1d', '1h']),
    };
    for (let i = 0; i < 8; i++) this.#addEvent(this.#random.below(60));
  }

  /** Runs the schedule and returns what is wrong in the end, or undefined. */
  async problem(): Promise<string | undefined> {
    const server = await startFakeMisp({
      instance: this.#instance,
      counts: this.#random.pick(['page', 'start']),
      skip: (attribute) => this.#isSkipped(attribute),
      misbehave: () => this.#interfere(),
    });
    try {
      for (let run = 0; run < 4; run++) {
        for (let i = this.#random.below(6); i > 0; i--) this.#act();
        const isDisturbed = this.#random.chance(0.6);
        if (isDisturbed) {
          this.#trouble = this.#random.pick([0, 0.1, 0.3]);
          this.#edits = this.#random.pick([0, 0.3]);
        }
        this.#always = undefined;
        this.#look();
        const reading = await this.#read(server.url, false);
        this.#look();
        this.#trouble = this.#edits = 0;
        const lost = reading && this.#lost(reading);
        if (lost !== undefined) return `run ${run}: ${lost} is lost, though it was there all the time`;
        // What a disturbed run left open, the next one has to find by itself.
        const problem = isDisturbed || reading === undefined ? undefined : this.#difference(reading, 'changes');
        if (problem !== undefined) return `run ${run}: ${problem}`;
      }
      for (let i = this.#random.below(4); i > 0; i--) this.#act();
      const reading = await this.#read(server.url, true);
      return reading === undefined ? 'the sweep failed' : this.#difference(reading, 'sweep');
    } finally {
      await server.close();
      await rm(this.#services.stateDir, { recursive: true });
    }
  }

  async #read(url: string, full: boolean): Promise<SourceReading | undefined> {
    const now = new Date((this.#instance.clock + this.#skew) * 1000);
    const options = plugin.options.parse({ url, key: 'k', ...this.#options });
    try {
      return await readSource(plugin.create(options, { ...this.#services, now, full }));
    } catch (error) {
      if (isPipelineError(error)) return undefined;
      throw error;
    }
  }

  #difference({ indicators }: SourceReading, after: 'changes' | 'sweep'): string | undefined {
    const read = new Map(indicators.map((indicator) => [indicator.value, indicator]));
    const truth = this.#published() as Row[];
    for (const row of truth) {
      const indicator = read.get(row.value);
      if (indicator === undefined) return `${row.value} is lost`;
      // What moves no timestamp, a local tag, is only found by a sweep.
      const isRed = [row.Event, row].some(({ Tag }) =>
        Tag?.some(({ name, local }) => name === 'tlp:red' && local === false),
      );
      if (isRed && indicator.tlp !== 'red') return `${row.value} is red on the server only`;
      const names = [...new Set(row.Tag?.map(({ name }) => name))].sort();
      if (after === 'sweep' && `${indicator.tags}` !== `${names}`) return `${row.value} has other tags`;
    }
    const drafts = this.#instance.search({ to_ids: 1 }) as Row[];
    const mayStay = new Set((this.#options.grace === '0s' ? truth : drafts).map(({ value }) => value));
    const ghost = indicators.find(({ value }) => !mayStay.has(value));
    return ghost && `${ghost.value} is a ghost`;
  }

  /** Remembers what was published at each moment of a run. */
  #look(): void {
    const now = new Set((this.#published() as Row[]).map(({ value }) => value));
    this.#always = this.#always?.intersection(now) ?? now;
  }

  #lost({ indicators }: SourceReading): string | undefined {
    const read = new Set(indicators.map(({ value }) => value));
    return [...(this.#always ?? [])].find((value) => !read.has(value));
  }

  #published(): readonly object[] {
    return this.#instance.search({ to_ids: 1, published: 1 }).filter((row) => !this.#isSkipped(row));
  }

  #isSkipped(row: object): boolean {
    return this.#skips && 'id' in row && Number(row.id) % 7 === 0 && this.#options.scope === 'attributes';
  }

  /** Called for each request: a user does something meanwhile, or the server is in trouble. */
  #interfere(): Misbehaviour | undefined {
    if (this.#random.chance(this.#edits)) this.#act();
    this.#look();
    return this.#random.chance(this.#trouble) ? this.#random.pick(TROUBLES) : undefined;
  }

  #act(): void {
    const instance = this.#instance;
    const random = this.#random;
    instance.clock += random.pick([0, 0, 1, 30, 300, HOUR, 5 * HOUR]);
    const event = random.pick(instance.events);
    const attribute = random.pick(instance.attributes);
    const local = random.chance(0.3);
    const actions = [
      () => this.#addEvent(random.below(150)),
      () => instance.addAttribute(event, { value: this.#value(), tags: random.chance(0.2) ? [random.pick(TAGS)] : [] }),
      () => instance.editAttribute(attribute, { value: this.#value() }),
      () => instance.editAttribute(attribute, { toIds: random.chance(0.5) }),
      () => instance.editAttribute(attribute, { deleted: random.chance(0.7) }),
      () => instance.purgeAttribute(attribute),
      () => instance.tagAttribute(attribute, random.pick(TAGS), { local }),
      () => instance.tagEvent(event, random.pick(TAGS), { local }),
      () => instance.untagEvent(event, random.pick(TAGS)),
      () => instance.removeEvent(event),
      () => instance.unpublish(event),
    ];
    if (instance.events.length > 2 && instance.attributes.length > 2) random.pick(actions)();
    for (const id of instance.events) if (random.chance(0.5)) instance.publish(id);
  }

  /** Some of the events come from another server, with timestamps of long ago. */
  #addEvent(attributes: number): void {
    const timestamp = this.#instance.clock - this.#random.pick([0, 0, 400 * 24 * HOUR]);
    const id = this.#instance.addEvent({ timestamp, tags: this.#random.chance(0.5) ? [this.#random.pick(TAGS)] : [] });
    for (let i = 0; i <= attributes; i++) this.#instance.addAttribute(id, { value: this.#value() });
    if (this.#random.chance(0.8)) this.#instance.publish(id);
  }

  #values = 0;

  #value(): string {
    return `host${this.#values++}.example.net`;
  }
}

interface Tagged {
  readonly Tag?: readonly { readonly name: string; readonly local?: boolean }[];
}

interface Row extends Tagged {
  readonly value: string;
  readonly Event: Tagged;
}

describe('the mirror under random schedules of edits and troubles', () => {
  const firstSeeds = Array.from({ length: SCHEDULES / AT_ONCE }, (_, i) => i * AT_ONCE + 1);

  it.each(firstSeeds)(
    `equals what the server holds after a sweep (seeds %i and the ${AT_ONCE - 1} after it)`,
    async (first) => {
      for (let seed = first; seed < first + AT_ONCE; seed++) {
        expect(await new Schedule(seed).problem(), `seed ${seed}`).toBeUndefined();
      }
    },
  );
});
