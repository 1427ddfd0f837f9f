import type { Published } from '@misp-pipeline/core';
import { changeOf, valuesOf } from './list-values.ts';
import type { Dataset, LiveRules } from './live-rules.ts';

/** A value by which it shows whether a dataset holds its list. */
export interface Expectation {
  readonly dataset: Dataset;
  /** As commands take it. */
  readonly value: string;
  /** Whether it has to be found. */
  readonly isPresent: boolean;
}

/**
 * What to look up: of each list the first and the last value and one that is new; one that was removed; and one of each
 * list that is gone. `before` is what the engine ran until now.
 */
export function expectationsOf(
  { dir, previousDir }: Published,
  live: LiveRules,
  before: LiveRules | undefined,
): Expectation[] {
  const earlier = (dataset: Dataset) => (previousDir === undefined ? [] : valuesOf(previousDir, dataset));
  const held = [...live.datasets.values()].flatMap((dataset) => {
    const values = valuesOf(dir, dataset);
    const { added, removed } = changeOf(earlier(dataset), values);
    const present = [values.find(isShort), values.findLast(isShort), added.find(isShort)];
    return [...expected(dataset, present, true), ...expected(dataset, [removed.find(isShort)], false)];
  });
  const gone = [...(before?.datasets.values() ?? [])].filter(({ list }) => !live.datasets.has(list));
  return [...held, ...gone.flatMap((dataset) => expected(dataset, [earlier(dataset).find(isShort)], false))];
}

function expected(dataset: Dataset, values: readonly (string | undefined)[], isPresent: boolean): Expectation[] {
  const distinct = new Set(values.filter((value) => value !== undefined));
  return [...distinct].map((value) => ({ dataset, value, isPresent }));
}

/** Longest value, as it is sent, for which any command has room. */
const LONGEST_VALUE = 3500;

/** Whether an engine can be asked about a value. */
export function isShort(value: string): boolean {
  return value.length <= LONGEST_VALUE;
}
