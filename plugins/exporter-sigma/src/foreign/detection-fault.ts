import { isWritable } from '../rule/value.ts';
import { isMap, type YamlMap } from './yaml.ts';

/** Values, keys and lists of a detection; aliases count as often as they stand for something. */
const MAX_NODES = 10_000;
const MAX_DEPTH = 6;
const MAX_LENGTH = 8192;

/**
 * Modifiers that converters know. `expand` is none of them: a placeholder that nobody fills in stops the conversion of
 * all rules; neither is `cased`, which stops that of some targets.
 */
const MODIFIERS: ReadonlySet<string> = new Set(
  `all base64 base64offset cidr contains endswith exists fieldref gt gte i lt lte m neq re s startswith utf16 utf16be
  utf16le wide windash`.split(/\s+/),
);

const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_-]{0,80}$/;
const CONDITION = /^[A-Za-z0-9_*() -]{1,2000}$/;
/** A condition that nearly every record fulfils. */
const NEGATIVE = /^\s*not\b|\bor\s+not\b/;
const FIELD = /^[A-Za-z0-9_@#./ -]{1,120}$/;

/** What keeps the detection of a foreign rule from being passed on, or undefined. */
export function detectionFault({ condition, ...searches }: YamlMap): string | undefined {
  if (typeof condition !== 'string' || !CONDITION.test(condition)) return 'no plain condition';
  if (NEGATIVE.test(condition)) return 'a condition that nearly everything fulfils';
  const names = Object.keys(searches);
  if (names.length === 0 || !names.every((name) => IDENTIFIER.test(name))) return 'no well-formed search identifiers';
  let nodes = 0;
  const faultOf = (node: unknown, depth: number): string | undefined => {
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) return 'too many values';
    if (Array.isArray(node)) return node.length === 0 ? 'an empty list' : firstFault(node, depth);
    if (isMap(node)) return Object.keys(node).map(keyFault).find(isFault) ?? firstFault(Object.values(node), depth);
    return scalarFault(node);
  };
  const firstFault = (nodes: readonly unknown[], depth: number): string | undefined => {
    for (const node of nodes) {
      const fault = faultOf(node, depth + 1);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
  return firstFault(Object.values(searches), 0);
}

function isFault(fault: string | undefined): boolean {
  return fault !== undefined;
}

function keyFault(key: string): string | undefined {
  const [field = '', ...modifiers] = key.split('|');
  if (field !== '' && !FIELD.test(field)) return 'a malformed field name';
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
