import { readdirSync, readFileSync } from 'node:fs';
import type { PluginKind } from '@misp-pipeline/core';
import { exporterContract, filterContract, type PluginOf, sourceContract, startFakeMisp } from '@misp-pipeline/testing';
import { afterAll, it } from 'vitest';
import { casesOf } from './contract/cases.ts';
import { feedAsRows, makeFeed } from './contract/inputs.ts';
import { startSightings } from './contract/sightings.ts';

const PLUGINS = new URL('../plugins/', import.meta.url);

const feed = makeFeed();
const misp = await startFakeMisp({ attributes: feedAsRows(feed) });
const brokenMisp = await startFakeMisp({ attributes: feedAsRows(feed), misbehave: () => 'truncated' });
const sightings = await startSightings();
afterAll(() => Promise.all([misp, brokenMisp, sightings].map((server) => server.close())));

const CASES = casesOf({ feed, misp, brokenMisp, sightings });

for (const folder of readdirSync(PLUGINS)) {
  const { name: packageName } = JSON.parse(readFileSync(new URL(`${folder}/package.json`, PLUGINS), 'utf8'));
  try {
    const { default: plugin } = await import(new URL(`${folder}/src/index.ts`, PLUGINS).href);
    declareContract(folder, packageName, plugin);
  } catch (error) {
    it(`${folder} can be loaded and has a case`, () => {
      throw error;
    });
  }
}

function declareContract(folder: string, packageName: string, plugin: unknown): void {
  const source = CASES.source[folder];
  const filter = CASES.filter[folder];
  const exporter = CASES.exporter[folder];
  if (source && isA('source', plugin)) sourceContract(plugin, { packageName, ...source });
  else if (filter && isA('filter', plugin)) filterContract(plugin, { packageName, ...filter });
  else if (exporter && isA('exporter', plugin)) exporterContract(plugin, { packageName, ...exporter });
  else throw new Error(`\`${folder}\` has no case in test/contract/cases.ts, or its default export is no plugin`);
}

function isA<K extends PluginKind>(kind: K, plugin: unknown): plugin is PluginOf<K> {
  return typeof plugin === 'object' && plugin !== null && 'kind' in plugin && plugin.kind === kind;
}
