import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { isMap, type YamlMap } from '../foreign/yaml.ts';
import { LOG_SOURCES, type LogSource } from '../subject/log-source.ts';
import type { LogRecord } from './log-table.ts';
import type { Probe } from './probes.ts';

/** Value that no rule looks for. */
const ELSE = 'something else';

/** What proves a rule that others wrote. */
export interface ForeignTrial {
  /** Id of our log source that is the same as the rule's, if there is one. */
  readonly logSource: string;
  readonly probes: readonly Probe[];
}

/**
 * Records for the rule in a file: one made from the first values of its searches, as far as its condition is a plain
 * one, and one with other values. There are none when no such record can be made.
 */
export function foreignTrial(file: string): ForeignTrial {
  const rule = load(readFileSync(file, 'utf8'));
  if (!isMap(rule) || !isMap(rule.detection)) return { logSource: '', probes: [] };
  return { logSource: sameLogSource(rule.logsource), probes: probesFor(rule.detection) };
}

function sameLogSource(theirs: unknown): string {
  if (!isMap(theirs)) return '';
  const { category, product, service } = theirs;
  const sources: readonly LogSource[] = LOG_SOURCES;
  const same = sources.find(
    (ours) => ours.category === category && ours.product === product && ours.service === service,
  );
  return same?.id ?? '';
}

function probesFor(detection: YamlMap): readonly Probe[] {
  const record = recordFor(detection);
  if (record === undefined) return [];
  const other = Object.fromEntries(Object.keys(record).map((field) => [field, ELSE]));
  return [
    { record, mustFire: true },
    { record: other, mustFire: false },
  ];
}

function recordFor({ condition, ...searches }: YamlMap): LogRecord | undefined {
  const [positive = ''] = String(condition).split(/\s+and\s+not\s+/);
  if (/[()]|\bnot\b/.test(positive)) return undefined;
  const [alternative = ''] = positive.split(/\s+or\s+/);
  const chosen = alternative.split(/\s+and\s+/).flatMap((term) => searchesOf(term.trim(), Object.keys(searches)));
  const record: Record<string, string | number> = {};
  for (const name of chosen) {
    const fields = fieldsOf(searches[name]);
    if (fields === undefined) return undefined;
    Object.assign(record, fields);
  }
  return Object.keys(record).length === 0 ? undefined : record;
}

/** Names that a term of a condition stands for: the first of several where one is enough. */
function searchesOf(term: string, names: readonly string[]): readonly string[] {
  const quantified = /^(1|any|all) of (\S+)$/.exec(term);
  if (quantified === null) return [term];
  const [, quantity, pattern = ''] = quantified;
  const prefix = pattern === 'them' ? '' : pattern.replace(/\*$/, '');
  const found = names.filter((name) => name.startsWith(prefix));
  return quantity === 'all' ? found : found.slice(0, 1);
}

function fieldsOf(search: unknown): LogRecord | undefined {
  const map = Array.isArray(search) ? search[0] : search;
  if (!isMap(map)) return undefined;
  const fields: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(map)) {
    const [field = '', ...modifiers] = key.split('|');
    const shown = shownBy(value, modifiers);
    if (field === '' || shown === undefined) return undefined;
    fields[field] = shown;
  }
  return fields;
}

function shownBy(value: unknown, modifiers: readonly string[]): string | number | undefined {
  if (modifiers.some((modifier) => !/^(?:contains|startswith|endswith|all|cidr)$/.test(modifier))) return undefined;
  const values = [value].flat().map((one) => (typeof one === 'number' ? one : plainText(String(one))));
  if (modifiers.includes('cidr')) return String(values[0]).split('/')[0];
  return modifiers.includes('all') ? values.join(' ') : values[0];
}

/** A text that a value of Sigma matches. */
function plainText(value: string): string {
  return value.replace(/\\([\\*?])|\*|\?/g, (match, escaped) => escaped ?? (match === '?' ? 'a' : ''));
}
