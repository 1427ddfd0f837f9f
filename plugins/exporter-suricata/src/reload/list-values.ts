import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DatasetType, datasetLine } from '../lists/dataset.ts';
import type { Dataset } from './live-rules.ts';

/** What was added to a list, and what was removed from it. Values are written as commands take them. */
export interface ListChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Values of the list of a dataset, as commands take them: a string in base64, a hash in hex. None where there is no list. */
export function valuesOf(dir: string, { list, type }: Dataset): string[] {
  const path = join(dir, list);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return list.endsWith('.ndjson') ? lines.map((line) => valueIn(line, type)) : lines;
}

/** What became of the values of a list. */
export function changeOf(before: readonly string[], now: readonly string[]): ListChange {
  return { added: without(now, new Set(before)), removed: without(before, new Set(now)) };
}

function without(values: readonly string[], others: ReadonlySet<string>): string[] {
  return values.filter((value) => !others.has(value));
}

/** The value of a line with context. A broken line stands for itself: no engine finds it. */
function valueIn(line: string, type: DatasetType): string {
  let value = line;
  try {
    ({ value } = JSON.parse(line));
  } catch {
    // stands for itself
  }
  return datasetLine(value, type);
}
