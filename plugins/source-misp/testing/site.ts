import type { StageServices } from '@misp-pipeline/core';
import {
  FakeInstance,
  type FakeMisp,
  type FakeMispOptions,
  readSource,
  type SourceReading,
  startFakeMisp,
  testServices,
} from '@misp-pipeline/testing';
import plugin from '../src/index.ts';

/** A server with one published event, and the state folder of a source that reads it from run to run. */
export class Site {
  readonly instance = new FakeInstance();
  readonly services = testServices();
  readonly event: number;
  #server: FakeMisp | undefined;

  /** `values` are those of the event's attributes. */
  constructor(...values: readonly string[]) {
    this.event = this.instance.addEvent({ tags: ['tlp:green'] });
    for (const value of values) this.instance.addAttribute(this.event, { value });
    this.instance.publish(this.event);
  }

  get server(): FakeMisp {
    if (this.#server === undefined) throw new Error('nothing is served yet');
    return this.#server;
  }

  /** Serves the instance, in the place of what served it before. */
  async serve(options: Partial<FakeMispOptions> = {}): Promise<void> {
    await this.#server?.close();
    this.#server = await startFakeMisp({ instance: this.instance, ...options });
  }

  /** One run, at the server's time. */
  run(options: Record<string, unknown> = {}, own: Partial<StageServices> = {}): Promise<SourceReading> {
    const parsed = plugin.options.parse({ url: this.server.url, key: 'k', retryDelay: 0.001, ...options });
    const now = new Date(this.instance.clock * 1000);
    return readSource(plugin.create(parsed, { ...this.services, now, ...own }));
  }
}
