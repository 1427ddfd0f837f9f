import { createHash } from 'node:crypto';
import type { Indicator } from '@misp-pipeline/core';
import { sigmaText } from './value.ts';

/** How a field is compared; the empty string is equality. None looks for a part of a host name. */
export type Modifier = '' | '|startswith' | '|endswith' | '|contains' | '|cidr' | '|expand';

/** What a field of a record holds: the value itself, the port, or the data that belong to it. */
export type Role = 'value' | 'port' | 'data';

/** A condition that must hold together with a comparison. */
export interface Also {
  readonly role: Role;
  readonly modifier: Modifier;
  readonly value: string | number;
}

/** One comparison. */
export interface Leaf {
  /** Leaves of the same name stand in one list: they differ in their value alone. */
  readonly name: string;
  readonly modifier: Modifier;
  readonly value: string;
  readonly also?: readonly Also[];
  /** Product whose logs write values in this form; without it, all do. */
  readonly platform?: 'windows' | 'linux';
}

/** A list of values for one field of a rule. */
export interface Selection {
  /** Any leaf of the list: they share everything but the value. */
  readonly leaf: Leaf;
  /** Sorted and distinct. */
  readonly values: readonly string[];
  /** YAML that follows the field's colon: one scalar, or a list. Ends in a line break. */
  readonly yaml: string;
}

/** End of the name of a list whose leaves share text that comes from outside. */
export function nameEnding(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** Lists of the leaves of all indicators, by name; values sorted and distinct. */
export function selections(
  indicators: readonly Indicator[],
  leaves: (indicator: Indicator) => readonly Leaf[],
): Selection[] {
  const lists = new Map<string, { readonly leaf: Leaf; readonly values: string[] }>();
  for (const indicator of indicators) {
    for (const leaf of leaves(indicator)) {
      const list = lists.get(leaf.name);
      if (list === undefined) lists.set(leaf.name, { leaf, values: [leaf.value] });
      else list.values.push(leaf.value);
    }
  }
  return [...lists.values()]
    .sort((a, b) => (a.leaf.name < b.leaf.name ? -1 : 1))
    .map(({ leaf, values }) => {
      const distinct = [...new Set(values.sort())];
      return { leaf, values: distinct, yaml: yamlValues(distinct) };
    });
}

/** YAML of values. A single value is a scalar: the conventions refuse a list of one. */
export function yamlValues(values: readonly string[]): string {
  const texts = values.map(sigmaText);
  if (texts.length === 1) return ` ${texts[0]}\n`;
  // One piece, which is copied faster into the rule of each log source than a chain of concatenations.
  return `\n            - ${texts.join('\n            - ')}\n`;
}
