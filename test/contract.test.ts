import { readdirSync, readFileSync } from 'node:fs';
import type { PluginKind } from '@misp-pipeline/core';
import { exporterContract, filterContract, type PluginOf, sourceContract, startFakeMisp } from '@misp-pipeline/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { casesOf } from './contract/cases.ts';
import { feedAsRows } from './contract/inputs.ts';

const PLUGINS = new URL('../plugins/', import.meta.url);

const misp = await startFakeMisp({ attributes: feedAsRows() });
const broken = await startFakeMisp({ attributes: feedAsRows(), misbehave: () => 'truncated' });
afterAll(() => Promise.all([misp.close(), broken.close()]));

const CASES = casesOf({ misp, broken });

for (const folder of readdirSync(PLUGINS)) {
  const { name: packageName } = JSON.parse(readFileSync(new URL(`${folder}/package.json`, PLUGINS), 'utf8'));
  const { default: plugin } = await import(new URL(`${folder}/src/index.ts`, PLUGINS).href);
  if (isA('source', plugin) && CASES.source[folder]) sourceContract(plugin, { packageName, ...CASES.source[folder] });
  else if (isA('filter', plugin) && CASES.filter[folder])
    filterContract(plugin, { packageName, ...CASES.filter[folder] });
  else if (isA('exporter', plugin) && CASES.exporter[folder])
    exporterContract(plugin, { packageName, ...CASES.exporter[folder] });
  else describe(folder, () => it('is a plugin with a case in contract/cases.ts', () => expect.fail()));
}

function isA<K extends PluginKind>(kind: K, plugin: unknown): plugin is PluginOf<K> {
  return typeof plugin === 'object' && plugin !== null && 'kind' in plugin && plugin.kind === kind;
}
