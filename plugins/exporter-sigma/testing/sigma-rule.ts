import { BlockList, isIPv6 } from 'node:net';
import { load } from 'js-yaml';

type Scalar = string | number;

/** A rule as a YAML reader sees it. */
export interface ReadRule {
  readonly title: string;
  readonly id: string;
  readonly description: string;
  readonly references?: readonly string[];
  readonly date: string;
  readonly modified?: string;
  readonly tags: readonly string[];
  readonly logsource: { readonly category?: string; readonly product?: string; readonly service?: string };
  readonly detection: { readonly condition: string } & Readonly<Record<string, Selection | string>>;
  readonly level: string;
}

type Selection = Readonly<Record<string, Scalar | readonly Scalar[]>>;

/** A log record: fields and what stands in them. */
export type LogRecord = Readonly<Record<string, string | number>>;

/** The rules among the files of an exporter, by path. */
export function readRules(files: ReadonlyMap<string, { readonly text: string }>): ReadonlyMap<string, ReadRule> {
  const rules = [...files].filter(([path]) => path.startsWith('rules/'));
  return new Map(rules.map(([path, { text }]) => [path, load(text) as ReadRule]));
}

/**
 * The text that a value stands for, read as the Sigma specification says: `\` escapes `*`, `?` and itself and is plain
 * before anything else. Throws when the value holds a wildcard, since it then stands for many texts.
 */
export function literal(value: string): string {
  let text = '';
  for (let i = 0; i < value.length; i++) {
    const char = value.charAt(i);
    const next = value.charAt(i + 1);
    if (char === '*' || char === '?') throw new Error(`\`${value}\` holds a wildcard`);
    const escapes = char === '\\' && (next === '\\' || next === '*' || next === '?');
    text += escapes ? next : char;
    if (escapes) i++;
  }
  return text;
}

/** Values of a rule with the field and modifiers that they stand under, such as `query|endswith`. */
export function valuesOf(rule: ReadRule): { readonly field: string; readonly value: Scalar }[] {
  return Object.values(rule.detection).flatMap((selection) =>
    typeof selection === 'string'
      ? []
      : Object.entries(selection).flatMap(([field, values]) =>
          [values].flat().map((value) => ({ field, value: value as Scalar })),
        ),
  );
}

/** True when a rule fires on a record. Knows what our rules use: one selection, or one of several. */
export function matches(rule: ReadRule, record: LogRecord): boolean {
  const { condition, ...named } = rule.detection;
  const chosen = Object.entries(named).filter(([name]) =>
    condition === '1 of selection_*' ? name.startsWith('selection_') : name === condition,
  );
  if (chosen.length !== Object.keys(named).length) throw new Error(`\`${condition}\` leaves out a selection`);
  return chosen.some(([, selection]) => Object.entries(selection).every(([key, value]) => fits(record, key, value)));
}

function fits(record: LogRecord, key: string, values: Scalar | readonly Scalar[]): boolean {
  const [field = '', modifier = ''] = key.split('|');
  const seen = record[field];
  if (seen === undefined) return false;
  return [values].flat().some((value) => {
    if (typeof value === 'number') return value === seen;
    if (modifier === 'cidr') return isIn(String(seen), String(value));
    return compares(String(seen).toLowerCase(), modifier, literal(String(value)).toLowerCase());
  });
}

function compares(seen: string, modifier: string, value: string): boolean {
  if (modifier === '') return seen === value;
  if (modifier === 'startswith') return seen.startsWith(value);
  if (modifier === 'endswith') return seen.endsWith(value);
  if (modifier === 'contains') return seen.includes(value);
  throw new Error(`modifier \`${modifier}\` is not known`);
}

function isIn(address: string, network: string): boolean {
  const [base = '', bits] = network.split('/');
  const list = new BlockList();
  list.addSubnet(base, Number(bits), isIPv6(base) ? 'ipv6' : 'ipv4');
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
