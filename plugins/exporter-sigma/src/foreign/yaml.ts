import { yamlText } from '../rule/value.ts';

export type YamlMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A map as YAML lines: keys and texts in single quotes, no anchors, no flow style, so that every reader sees the same.
 * Texts must be writable in single quotes.
 */
export function yamlLines(map: YamlMap, indent: string): string[] {
  return Object.entries(map).flatMap(([key, value]) => entryLines(`${indent}${keyText(key)}:`, value, `${indent}    `));
}

function entryLines(head: string, value: unknown, indent: string): string[] {
  if (isMap(value)) return [head, ...yamlLines(value, indent)];
  if (!Array.isArray(value)) return [`${head} ${scalarText(value)}`];
  return [head, ...value.flatMap((item) => itemLines(item, indent))];
}

function itemLines(item: unknown, indent: string): string[] {
  if (Array.isArray(item)) return [`${indent}-`, ...item.flatMap((inner) => itemLines(inner, `${indent}    `))];
  if (!isMap(item)) return [`${indent}- ${scalarText(item)}`];
  const [first = '', ...rest] = yamlLines(item, `${indent}  `);
  return [`${indent}- ${first.trimStart()}`, ...rest];
}

function keyText(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !/^(?:null|true|false|yes|no|on|off|y|n)$/i.test(key)
    ? key
    : yamlText(key);
}

function scalarText(value: unknown): string {
  return typeof value === 'string' ? yamlText(value) : String(value);
}
