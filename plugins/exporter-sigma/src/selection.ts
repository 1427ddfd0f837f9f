import type { Indicator } from '@misp-pipeline/core';
import { sigmaText } from './value.ts';

/** How a field is compared; the empty string is equality. None looks for a part of a host name. */
export type Modifier = '' | '|endswith' | '|contains' | '|cidr';

/** One comparison. */
export interface Leaf {
  /** Leaves of the same name stand in one list. */
  readonly name: string;
  readonly modifier: Modifier;
  readonly value: string;
  /** Port that must be seen together with the value. */
  readonly port?: number | undefined;
}

/** A list of values for one field of a rule. */
export interface Selection {
  readonly name: string;
  readonly modifier: Modifier;
  readonly port: number | undefined;
  /** YAML that follows the field's colon: one scalar, or a list. Ends in a line break. */
  readonly values: string;
}

/** Lists of the leaves of all indicators, by name; values sorted and distinct. */
export function selections(
  indicators: readonly Indicator[],
  leaves: (indicator: Indicator) => readonly Leaf[],
): Selection[] {
  const lists = new Map<string, { readonly first: Leaf; readonly values: string[] }>();
  for (const indicator of indicators) {
    for (const leaf of leaves(indicator)) {
      const list = lists.get(leaf.name);
      if (list === undefined) lists.set(leaf.name, { first: leaf, values: [leaf.value] });
      else list.values.push(leaf.value);
    }
  }
  return [...lists.values()]
    .sort((a, b) => (a.first.name < b.first.name ? -1 : 1))
    .map(({ first: { name, modifier, port }, values }) => ({
      name,
      modifier,
      port,
      values: yamlValues(values.sort()),
    }));
}

/** YAML of sorted values, each once. A single value is a scalar: the conventions refuse a list of one. */
function yamlValues(sorted: readonly string[]): string {
  const texts: string[] = [];
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i] as string;
    if (value !== sorted[i - 1]) texts.push(sigmaText(value));
  }
  if (texts.length === 1) return ` ${texts[0]}\n`;
  // One piece, which is copied faster into the rule of each log source than a chain of concatenations.
  return `\n            - ${texts.join('\n            - ')}\n`;
}
