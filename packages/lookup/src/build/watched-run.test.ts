import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Exporter,
  type Filter,
  type Indicator,
  type PipelineConfig,
  runPipeline,
  type Source,
} from '@misp-pipeline/core';
import { anIndicator, anOrigin, RecordingLogger } from '@misp-pipeline/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { configIn, exporterIn, stage } from '../../../core/testing/pipeline.ts';
import { SqliteIndex } from '../sqlite/sqlite-index.ts';
import { IndexBuilder } from './index-builder.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lookup-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const domain = (value: string, fields: Partial<Indicator> = {}) =>
  anIndicator('domain', value, { origins: [anOrigin({ attribute: value })], ...fields });

/** Batches of one source. */
const BATCHES = [
  [domain('a.example'), domain('bad.example')],
  [domain('red.example', { tlp: 'red' }), domain('green.example', { tlp: 'green' })],
];

const source: Source = {
  async *read() {
    yield* BATCHES;
  },
};

/** Drops a label. */
const dropping = (label: string): Filter => ({
  apply: (batch, drop) => {
    const isStopped = (one: Indicator) => one.tlp === label;
    for (const one of batch.filter(isStopped)) drop(one, `tlp:${label}`);
    return batch.filter((one) => !isStopped(one));
  },
});

/** Writes a line for each value, in a file whose name says how many; its engine refuses `bad.example`, so that it writes twice. */
const lines: Exporter = {
  render(indicators, output) {
    for (const one of indicators) {
      const file = `${indicators.size}.txt`;
      output.file(file).write(`${one.value}\n`);
      output.placed?.(one, { file, text: one.value });
    }
  },
  check: async ({ dir, files: [file = ''] }) => {
    const isRefused = readFileSync(join(dir, file), 'utf8').includes('bad.example');
    const refused = isRefused ? [{ file, text: 'bad.example', message: 'no' }] : [];
    return { engine: 'engine 1', accepted: !isRefused, runs: 1, refused, messages: [] };
  },
};

function pipeline(): PipelineConfig {
  const filters = [stage('no-green', 'filter', dropping('green'))];
  return configIn(root, {
    sources: [stage('osint', 'source', source)],
    filters: [stage('no-red', 'filter', dropping('red'))],
    exporters: [exporterIn(root, 'all', lines), exporterIn(root, 'public', lines, { filters })],
  });
}

it('makes an index of what a real run did, also when an engine refused something', async () => {
  const config = pipeline();
  const builder = new IndexBuilder(join(root, 'index'), config);
  const { signal } = new AbortController();
  const report = await runPipeline(config, { signal, logger: new RecordingLogger().logger, trace: builder });
  await builder.finish({ built: report.finishedAt, release: report.release }, signal);

  const index = new SqliteIndex(join(root, 'index'));
  const values = ['a.example', 'bad.example', 'red.example', 'green.example'];
  const found = await index.find(values.map((value) => [{ kind: 'domain', value }]));
  expect(found.map(([match]) => match?.indicator.artefacts.map(({ exporter, file }) => `${exporter} ${file}`))).toEqual(
    [...[['all 2.txt', 'public 1.txt'], [], [], ['all 2.txt']]],
  );
  expect(found.map(([match]) => match?.indicator.origins)).toMatchObject([
    [{ attribute: 'a.example', stopped: undefined, stoppedFor: {} }],
    [{ attribute: 'bad.example', stopped: undefined, stoppedFor: {} }],
    [{ attribute: 'red.example', stopped: { filter: 'no-red', reason: 'tlp:red' } }],
    [{ attribute: 'green.example', stopped: undefined, stoppedFor: { public: { filter: 'no-green' } } }],
  ]);
  expect(await index.snapshot()).toMatchObject({ pipeline: 'test', release: 1, indicators: 4 });
  await index.close();
});
