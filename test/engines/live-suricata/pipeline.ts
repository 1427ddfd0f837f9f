import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type ExporterConfig,
  loadConfig,
  type PipelineConfig,
  type Published,
  type ReloadReport,
  type RunReport,
  runPipeline,
} from '@misp-pipeline/core';
import { testServices } from '@misp-pipeline/testing';
import { ROOT } from '../../support/cli.ts';
import { type AttributeFields, writeFeed } from '../../support/event.ts';

const EVENT = '11111111-1111-4111-8111-111111111111';
const { signal } = new AbortController();

/** A pipeline from a feed to Suricata, with everything in one folder. */
export class FeedPipeline {
  readonly #folder: string;
  readonly #options: object;

  constructor(folder: string, options: object = {}) {
    this.#folder = folder;
    this.#options = options;
    mkdirSync(folder, { recursive: true });
  }

  /** The folder that sensors read. */
  get current(): string {
    return join(this.#folder, 'out/current');
  }

  /** Where the sensor is told of what is live. */
  get socket(): string {
    return join(this.#folder, 'suricata.socket');
  }

  /** One run over these attributes, with all that belongs to it. */
  async run(attributes: readonly AttributeFields[]): Promise<RunReport> {
    return this.#run(attributes, await this.#config());
  }

  /** One run over these attributes, which goes live without a word to the sensor. */
  async publish(attributes: readonly AttributeFields[]): Promise<Published> {
    const config = await this.#config();
    const report = await this.#run(attributes, { ...config, exporters: config.exporters.map(withoutReload) });
    const [exporter] = report.exporters;
    if (exporter?.published === undefined) throw new Error('nothing was published');
    const { dir, generation, previous } = exporter.published;
    const previousDir = previous === undefined ? undefined : resolve(dir, '../generations', previous);
    return { dir, generation, files: exporter.files, previousDir };
  }

  /** Tells the sensor of what is live. */
  async reload(published: Published): Promise<ReloadReport> {
    const [exporter] = (await this.#config()).exporters;
    const plugin = exporter?.resolved.plugin;
    const built =
      plugin?.kind === 'exporter'
        ? plugin.create(exporter?.options as Record<string, unknown>, testServices())
        : undefined;
    const report = await built?.reload?.(published, signal);
    if (report === undefined) throw new Error('nobody was told');
    return report;
  }

  #run(attributes: readonly AttributeFields[], config: PipelineConfig): Promise<RunReport> {
    writeFeed(join(this.#folder, 'feed'), [{ uuid: EVENT, attributes }]);
    return runPipeline(config, { signal, logger: testServices().logger });
  }

  #config(): Promise<PipelineConfig> {
    const plugin = (name: string) => `${ROOT}plugins/${name}/src/index.ts`;
    const reload = { socket: this.socket };
    const suricata = { dir: 'out', sensorPath: this.current, reload, ...this.#options };
    const file = join(this.#folder, 'misp-pipeline.config.json');
    const config = {
      state: 'state',
      sources: { feed: { use: plugin('source-misp-feed'), with: { url: 'feed' } } },
      exporters: { suricata: { use: plugin('exporter-suricata'), with: suricata } },
    };
    writeFileSync(file, JSON.stringify(config));
    return loadConfig(file, { env: {}, program: file });
  }
}

/** Leaves the reload to the test, which may do something between the run and it. */
function withoutReload(config: ExporterConfig): ExporterConfig {
  const { plugin } = config.resolved;
  if (plugin.kind !== 'exporter') throw new Error('no exporter');
  const create: typeof plugin.create = (options, services) => {
    const built = plugin.create(options, services);
    return {
      render: (...given) => built.render(...given),
      check: async (...given) => built.check?.(...given),
    };
  };
  return { ...config, resolved: { ...config.resolved, plugin: { ...plugin, create } } };
}
