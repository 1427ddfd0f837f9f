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
  const lists = new Map<string, { readonly first: Leaf; readonly values: Set<string> }>();
  for (const indicator of indicators) {
    for (const leaf of leaves(indicator)) {
      const list = lists.get(leaf.name);
      if (list === undefined) lists.set(leaf.name, { first: leaf, values: new Set([leaf.value]) });
      else list.values.add(leaf.value);
    }
  }
  return [...lists.values()]
    .sort((a, b) => (a.first.name < b.first.name ? -1 : 1))
    .map(({ first: { name, modifier, port }, values }) => ({ name, modifier, port, values: yamlValues(values) }));
}

/** A single value is a scalar: the conventions refuse a list of one. */
function yamlValues(values: ReadonlySet<string>): string {
  let list = '';
  for (const value of [...values].sort()) {
    const text = sigmaText(value);
    if (values.size === 1) return ` ${text}\n`;
    list += `            - ${text}\n`;
  }
  return `\n${list}`;
}
