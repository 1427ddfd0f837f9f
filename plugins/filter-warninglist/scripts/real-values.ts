import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Indicator } from '@misp-pipeline/core';
import { Normaliser } from '@misp-pipeline/misp';

export type Value = Pick<Indicator, 'kind' | 'value'>;

const ALL = { source: 'measured', toIds: true, published: false };
const NOBODY = { read() {}, reject() {}, problem() {}, sync() {}, asOf() {}, withdrawn() {} };

/** The distinct values of all attributes with `to_ids` in the MISP events (`*.json`) under some folders. */
export function realValues(folders: readonly string[]): Value[] {
  const indicators: Indicator[] = [];
  const normaliser = new Normaliser(ALL, NOBODY);
  for (const folder of folders) {
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.json') || file.endsWith('manifest.json')) continue;
      const event = parse(readFileSync(join(folder, file), 'utf8'));
      if (event !== undefined) normaliser.addDocument(event, file, indicators);
    }
  }
  return [...new Map(indicators.map(({ kind, value }) => [`${kind}:${value}`, { kind, value }])).values()];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A broken event is the sources' business; here it only has no values.
    return undefined;
  }
}
