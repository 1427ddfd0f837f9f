import { hash } from 'node:crypto';
import type { Indicator, Published, ReloadReport } from '@misp-pipeline/core';
import { anIndicator, render, testServices } from '@misp-pipeline/testing';
import { SuricataExporter } from '../src/exporter.ts';
import { suricataOptions } from '../src/options.ts';
import { type FakeControl, type Reply, type Request, says, startFakeControl } from './fake-control.ts';
import { inFolder } from './suricata.ts';

/** What goes back to each command; `protocol` stands for the greeting. */
export type Answers = Readonly<Record<string, Reply | ((request: Request) => Reply)>>;

/** What an engine answers that took everything; a look-up finds whatever is asked for. */
const SOUND: Answers = {
  version: says('7.0.10 RELEASE'),
  'reload-rules': says('done'),
  'ruleset-stats': says([{ id: 0, rules_loaded: 1000, rules_failed: 0, rules_skipped: 1000 }]),
  'ruleset-failed-rules': says([]),
  'dataset-add': says('data added'),
  'dataset-remove': says('data removed'),
  'dataset-lookup': says('item found in set'),
};

export const domains = (...values: readonly string[]): Indicator[] =>
  values.map((value) => anIndicator('domain', value));

/** Stands for a running Suricata as far as its unix socket goes, beside the exporter that tells it of files. */
export class FakeEngine {
  readonly #control: FakeControl;

  private constructor(control: FakeControl) {
    this.#control = control;
  }

  /** Starts one that answers soundly but for `answers`. */
  static async start(answers: Answers = {}): Promise<FakeEngine> {
    const control = await startFakeControl((request) => {
      const command = request.command ?? 'protocol';
      const answer = answers[command] ?? SOUND[command] ?? says(undefined);
      return typeof answer === 'function' ? answer(request) : answer;
    });
    return new FakeEngine(control);
  }

  get requests(): readonly Request[] {
    return this.#control.requests;
  }

  get commands(): (string | undefined)[] {
    return this.requests.map(({ command }) => command);
  }

  close(): Promise<void> {
    return this.#control.close();
  }

  /** Writes the files of indicators, as lists, into a new folder. */
  async publish(indicators: Iterable<Indicator>, previousDir?: string): Promise<Published> {
    const { output } = await render(this.#exporter(), indicators);
    const files = [...output.files].map(([path, { text, entries }]) => {
      return { path, entries, bytes: Buffer.byteLength(text), sha256: hash('sha256', text) };
    });
    return { dir: inFolder(output.files), generation: '0'.repeat(16), files, previousDir };
  }

  /** Tells the engine of files; `reload` changes the options. */
  async reload(
    published: Published,
    reload: object = {},
    signal: AbortSignal = new AbortController().signal,
  ): Promise<ReloadReport> {
    const report = await this.#exporter(reload).reload(published, signal);
    if (report === undefined) throw new Error('nobody was told');
    return report;
  }

  #exporter(reload: object = {}): SuricataExporter {
    const options = { mode: 'datasets', reload: { socket: this.#control.socket, ...reload } };
    return new SuricataExporter(suricataOptions.parse(options), testServices());
  }
}
