import { join } from 'node:path';
import { z } from 'zod';
import type { ExporterConfig, PipelineConfig, StageConfig } from '../src/config/config.ts';
import { LOOK_UP } from '../src/config/look-up.ts';
import { OPERATION } from '../src/config/operation.ts';
import { type Indicator, makeIndicator } from '../src/indicator.ts';
import type { Logger } from '../src/logger.ts';
import { definePlugin, type Exporter, type Filter, type Plugin, type Source } from '../src/plugin.ts';

export const silent: Logger = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

export function indicator(value: string, fields: Partial<Indicator> = {}, attribute = value): Indicator {
  const event = { uuid: 'e', title: 't', date: '', org: '', link: undefined };
  const origins = [{ source: 'feed', event, attribute, type: 'domain', category: '', comment: '' }];
  return makeIndicator({ kind: 'domain', value, origins, ...fields });
}

export function stage(
  id: string,
  kind: Plugin['kind'],
  built: Source | Filter | Exporter,
  options: unknown = {},
): StageConfig {
  const definition = { kind, name: id, summary: 'For a test.', options: z.strictObject({}), create: () => built };
  const plugin = definePlugin(definition as never) as Plugin;
  return { id, resolved: { plugin, specifier: id, file: id }, options };
}

/** Hands on batches, and reports a rejected record with each. */
export const source = (...batches: Indicator[][]): Source => ({
  async *read(_signal, intake) {
    for (const batch of batches) {
      intake.read(batch.length + 1);
      intake.reject('rejected:junk', { value: 'junk', place: 'here' });
      yield batch;
    }
  },
});

/** Writes one line for each indicator; cannot express names that begin with `x`. */
export const lines: Exporter = {
  render(indicators, output, skip) {
    const file = output.file('all.txt');
    for (const one of indicators) {
      if (one.value.startsWith('x')) {
        skip(one, 'unsupported:domain');
        continue;
      }
      file.write(`${one.value}\n`);
      file.count(1);
      output.placed?.(one, { file: 'all.txt', text: one.value });
    }
  },
};

/** An exporter that publishes into a folder of its own below `root`. */
export function exporterIn(
  root: string,
  id: string,
  built: Exporter,
  fields: Partial<ExporterConfig> = {},
): ExporterConfig {
  const common = { dir: join(root, id), keep: 5, check: 'if-present', maxRefused: 0.5 } as const;
  const nothing = { places: [], afterPublish: undefined, filters: [] };
  return { ...stage(id, 'exporter', built), ...common, ...nothing, ...fields };
}

/** A pipeline with its state in `root`. */
export function configIn(root: string, parts: Partial<PipelineConfig>): PipelineConfig {
  const empty = { sources: [], filters: [], exporters: [], secrets: [], shown: {}, files: [] };
  const operation = {
    guard: OPERATION.guard.parse({}),
    history: OPERATION.history.parse({}),
    ...{ schedule: undefined, metrics: {}, notify: undefined },
  };
  const lookUp = { index: undefined, serve: LOOK_UP.serve.parse({}) };
  return {
    name: 'test',
    file: join(root, 'c.yaml'),
    state: join(root, 'state'),
    ...empty,
    ...operation,
    ...lookUp,
    faultAt: (path, message) => `${path}: ${message}`,
    ...parts,
  };
}
