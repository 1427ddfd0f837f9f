import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Published } from '@misp-pipeline/core';
import { changeOf, valuesOf } from './list-values.ts';
import type { Dataset, LiveRules } from './live-rules.ts';

/** A value that a dataset gains or loses. */
export interface DatasetChange {
  readonly command: 'dataset-add' | 'dataset-remove';
  readonly dataset: Dataset;
  /** As commands take it. */
  readonly value: string;
}

/**
 * The changes since the earlier generation, where they are nothing but some values of datasets, `limit` at most. Undefined
 * when there are others, or none at all: then all rules have to be loaded, whatever the engine runs.
 */
export function smallChanges(
  { dir, files, previousDir }: Published,
  rules: LiveRules,
  limit: number,
): DatasetChange[] | undefined {
  if (previousDir === undefined) return undefined;
  const changes: DatasetChange[] = [];
  for (const { path } of files) {
    if (isUnread(path, rules) || isSame(join(previousDir, path), join(dir, path))) continue;
    const dataset = rules.datasets.get(path);
    // The context of a value cannot be changed by itself.
    if (dataset === undefined || rules.otherLists.has(path) || path.endsWith('.ndjson')) return undefined;
    const { added, removed } = changeOf(valuesOf(previousDir, dataset), valuesOf(dir, dataset));
    if (changes.length + added.length + removed.length > limit) return undefined;
    for (const value of removed) changes.push({ command: 'dataset-remove', dataset, value });
    for (const value of added) changes.push({ command: 'dataset-add', dataset, value });
  }
  return changes.length === 0 ? undefined : changes;
}

function isSame(one: string, other: string): boolean {
  try {
    return readFileSync(one).equals(readFileSync(other));
  } catch {
    return false; // a file that one of them does not have
  }
}

/** Lists for another version of the engine. */
function isUnread(path: string, { datasets, otherLists }: LiveRules): boolean {
  return path.startsWith('datasets/') && !datasets.has(path) && !otherLists.has(path);
}
