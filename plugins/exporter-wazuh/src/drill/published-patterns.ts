import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATTERN_FILE } from '../pattern-rules.ts';

const RULE = /<rule id="(\d+)"[\s\S]*?<\/rule>/g;
const FIELD = /<field name="([^"]+)" type="pcre2">\(\?i\)(.*)<\/field>/;

/** A published rule that looks inside of a field. */
export interface PublishedPattern {
  readonly id: number;
  readonly field: string;
  readonly matches: RegExp;
}

/** Reads the published rules that look inside of values; what they are made of means the same in this language. */
export function publishedPatterns(dir: string): readonly PublishedPattern[] {
  const path = join(dir, PATTERN_FILE);
  if (!existsSync(path)) return [];
  return [...readFileSync(path, 'utf8').matchAll(RULE)].flatMap(([rule, id]) => {
    const [, field, expression] = FIELD.exec(rule) ?? [];
    if (field === undefined || expression === undefined) return [];
    return [{ id: Number(id), field, matches: new RegExp(expression, 'i') }];
  });
}
