import { isWritable } from '../rule/value.ts';
import { isTooBroad } from './breadth.ts';
import { isMap, type YamlMap } from './yaml.ts';

/** Values, keys and lists of a detection; aliases count as often as they stand for something. */
const MAX_NODES = 10_000;
const MAX_DEPTH = 6;
const MAX_LENGTH = 8192;

/** Brackets and negations of a condition, or brackets of an expression; far more break the engine's parsers down. */
const MAX_BRACKETS = 100;

/**
 * Modifiers that converters know. `expand` is none of them: a placeholder that nobody fills in stops the conversion of
 * all rules; neither is `cased`, which stops that of some targets, nor `neq`, which nearly every record fulfils.
 */
const MODIFIERS: ReadonlySet<string> = new Set(
  `all base64 base64offset cidr contains endswith exists fieldref gt gte i lt lte m re s startswith utf16 utf16be
  utf16le wide windash`.split(/\s+/),
);

const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_-]{0,80}$/;
const CONDITION = /^[A-Za-z0-9_*() -]{1,2000}$/;
/** A condition that nearly every record fulfils. */
const NEGATIVE = /(?:^|\bor\b)[\s(]*not\b/;
const FIELD = /^[A-Za-z0-9_@#./ -]{1,120}$/;

/** What keeps the detection of a foreign rule from being passed on, or undefined. */
export function detectionFault({ condition, ...searches }: YamlMap): string | undefined {
  if (typeof condition !== 'string' || !CONDITION.test(condition)) return 'no plain condition';
  if ((condition.match(/\(|\bnot\b/g)?.length ?? 0) > MAX_BRACKETS) return 'a condition of too many parts';
  if (NEGATIVE.test(condition)) return 'a condition that nearly everything fulfils';
  const names = Object.keys(searches);
  if (names.length === 0 || !names.every((name) => IDENTIFIER.test(name))) return 'no well-formed search identifiers';
  let nodes = 0;
  const faultOf = (node: unknown, depth: number, modifiers: readonly string[]): string | undefined => {
    nodes += modifiers.includes('windash') ? spellings(node) : 1;
    if (nodes > MAX_NODES || depth > MAX_DEPTH) return 'too many values';
    if (Array.isArray(node)) return node.length === 0 ? 'an empty list' : firstFault(node, depth, modifiers);
    if (isMap(node)) return mapFault(node, depth);
    return scalarFault(node) ?? (modifiers.includes('re') ? expressionFault(String(node)) : undefined);
  };
  const firstFault = (nodes: readonly unknown[], depth: number, modifiers: readonly string[]): string | undefined => {
    for (const node of nodes) {
      const fault = faultOf(node, depth + 1, modifiers);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
  const mapFault = (map: YamlMap, depth: number): string | undefined => {
    const entries = Object.entries(map);
    if (entries.length === 0) return 'an empty map';
    for (const [key, value] of entries) {
      const fault = keyFault(key) ?? faultOf(value, depth + 1, key.split('|').slice(1));
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
  const fault = firstFault(Object.values(searches), 0, []);
  if (fault !== undefined) return fault;
  return isTooBroad(condition, searches) ? 'a search that nearly everything fulfils' : undefined;
}

/** Values that the engine makes of one for `windash`: each dash in five ways. */
function spellings(value: unknown): number {
  return 5 ** (typeof value === 'string' ? (value.match(/\B[-/]\b/g)?.length ?? 0) : 0);
}

/** The engine's Python breaks down over expressions of great depth and repetitions without end. */
function expressionFault(expression: string): string | undefined {
  const brackets = expression.split('(').length - 1;
  return brackets > MAX_BRACKETS || /\{[\d,]*\d{5}/.test(expression)
    ? 'a regular expression of too many parts'
    : undefined;
}

function keyFault(key: string): string | undefined {
  const [field = '', ...modifiers] = key.split('|');
  if (field !== '' && !FIELD.test(field)) return 'a malformed field name';
  if (new Set(modifiers).size < modifiers.length) return 'a repeated modifier';
  const unknown = modifiers.find((modifier) => !MODIFIERS.has(modifier));
  return unknown === undefined ? undefined : `modifier \`${unknown.slice(0, 40)}\``;
}

function scalarFault(value: unknown): string | undefined {
  if (value === null || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'a number without a value';
  if (typeof value !== 'string') return 'a value that is neither text nor number';
  if (value.length > MAX_LENGTH) return `a value longer than ${MAX_LENGTH} characters`;
  return isWritable(value) ? undefined : 'an invisible character';
}
