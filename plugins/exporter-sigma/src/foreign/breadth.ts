import { isMap, type YamlMap } from './yaml.ts';

/** Characters of text, besides wildcards, that narrow a search down. */
const FEWEST_CHARACTERS = 3;

/** Modifiers after which a value says too little, or nobody can tell how much it says. */
const VAGUE: ReadonlySet<string> = new Set(['exists', 'fieldref', 'gt', 'gte', 'i', 'lt', 'lte', 'm', 're', 's']);

/**
 * Whether a detection can match nearly every record: when a search on which it rests seeks no text. In a plain conjunction
 * one search that seeks text is enough; elsewhere each has to that is not only there to exclude.
 */
export function isTooBroad(condition: string, searches: YamlMap): boolean {
  const words = withoutExclusions(condition);
  const used = Object.entries(searches).filter(([name]) => isNamed(name, words));
  const isConjunction = !/[()]|\bor\b|\b(?:1|any) of\b/.test(words);
  const seeksText = ([, search]: readonly [string, unknown]) => isNarrow(search, []);
  return !(isConjunction ? used.some(seeksText) : used.length > 0 && used.every(seeksText));
}

const EXCLUSION = /\bnot\s+(?:(?:1|all|any)\s+of\s+)?(?!not\b)[A-Za-z][\w*-]*|\bnot\s*\([^()]*\)/g;

function withoutExclusions(condition: string): string {
  const left = condition.replace(EXCLUSION, ' ');
  return left === condition ? left : withoutExclusions(left);
}

/** Whether a condition names a search, itself or by a pattern. */
function isNamed(name: string, condition: string): boolean {
  return condition.split(/[\s()]+/).some((word) => {
    if (word === 'them') return !name.startsWith('_');
    const [beginning = '', ...rest] = word.split('*');
    return rest.length === 0 ? word === name : beginning !== '' ? name.startsWith(beginning) : word !== '';
  });
}

function isNarrow(node: unknown, modifiers: readonly string[]): boolean {
  if (Array.isArray(node)) {
    const isNarrowItem = (item: unknown) => isNarrow(item, modifiers);
    return modifiers.includes('all') ? node.some(isNarrowItem) : node.every(isNarrowItem);
  }
  if (isMap(node)) return Object.entries(node).some(([key, value]) => isNarrow(value, key.split('|').slice(1)));
  if (typeof node !== 'string' || modifiers.some((modifier) => VAGUE.has(modifier))) return false;
  if (modifiers.includes('cidr')) return Number(node.split('/')[1] ?? 128) >= (node.includes(':') ? 32 : 16);
  const text = node.replace(/[*?\s\\]/g, '');
  return text.length >= FEWEST_CHARACTERS && /\D/.test(text);
}
