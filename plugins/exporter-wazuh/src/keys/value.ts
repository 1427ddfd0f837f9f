import type { Indicator } from '@misp-pipeline/core';

/** The value as it is. */
export function addValue({ value }: Indicator, keys: string[]): void {
  keys.push(value);
}
