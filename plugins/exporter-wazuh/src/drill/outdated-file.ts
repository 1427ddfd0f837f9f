import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATTERN_FILE } from '../pattern-rules.ts';
import { RULE_FILE } from '../rules.ts';

const RULES = [RULE_FILE, PATTERN_FILE];
const LIST = /<list>etc\/(lists\/[\w-]+)<\/list>/g;

/**
 * A published file that a manager on this machine does not have as it is published; undefined when it has them all, and
 * where there is no manager's folder to look into.
 */
export function outdatedFile(dir: string, home: string): string | undefined {
  if (!existsSync(join(home, 'etc'))) return undefined;
  const snippet = readFileSync(join(dir, 'ossec.conf.snippet.xml'), 'utf8');
  const lists = [...snippet.matchAll(LIST)].map(([, list = '']) => list);
  const rules = RULES.filter((file) => existsSync(join(dir, file)));
  return [...lists, ...rules].find((file) => !isSame(join(dir, file), join(home, 'etc', file)));
}

function isSame(published: string, installed: string): boolean {
  return existsSync(installed) && readFileSync(installed).equals(readFileSync(published));
}
