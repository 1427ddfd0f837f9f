import { readFileSync } from 'node:fs';
import { dirname, extname, isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf } from '../errors.ts';
import { ConfigFaultError, type ConfigPlace } from './fault.ts';
import { join, parseYaml } from './yaml.ts';

export type Tree = { [key: string]: unknown };

/** A config after `extends`, with the place that each path came from. */
export interface Merged {
  /** Files from the most basic one to the one that was asked for. */
  readonly files: readonly string[];
  readonly tree: Tree;
  readonly places: ReadonlyMap<string, ConfigPlace>;
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads a config file and all that it extends. Maps merge key by key; lists and scalars are replaced; `null` removes.
 * Throws {@link ConfigFaultError} for a file that cannot be read or parsed.
 */
export async function readMerged(file: string, above: readonly string[] = []): Promise<Merged> {
  if (above.includes(file))
    fault(file, undefined, 'extends', `files extend each other: ${[...above, file].join(' -> ')}`);
  const { value, lines } = await readFile(file);
  if (!isTree(value)) return fault(file, 1, '', 'a config is a map with `sources`, `filters` and `exporters`');
  refuseKeys(value, file, lines);
  const files: string[] = [];
  const tree: Tree = {};
  const places = new Map<string, ConfigPlace>();
  for (const base of basesOf(value, file, lines)) {
    const merged = await readMerged(base, [...above, file]);
    files.push(...merged.files.filter((known) => !files.includes(known)));
    overlay(tree, merged.tree, '', places, (path) => merged.places.get(path) ?? { file: base, line: undefined });
  }
  const { extends: _, ...own } = value;
  overlay(tree, own, '', places, (path) => ({ file, line: lines.get(path) }));
  return { files: [...files, file], tree, places };
}

async function readFile(file: string): Promise<{ value: unknown; lines: ReadonlyMap<string, number> }> {
  try {
    if (/^\.[mc]?[jt]s$/.test(extname(file))) {
      const module = (await import(pathToFileURL(file).href)) as { default?: unknown };
      return { value: module.default, lines: new Map() };
    }
    return parseYaml(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof ConfigFaultError) throw error;
    return fault(file, undefined, '', `cannot be read: ${messageOf(error)}`);
  }
}

function basesOf(tree: Tree, file: string, lines: ReadonlyMap<string, number>): string[] {
  const bases = tree.extends ?? [];
  const list: unknown[] = Array.isArray(bases) ? bases : [bases];
  return list.map((base) => {
    if (typeof base !== 'string') return fault(file, lines.get('extends'), 'extends', 'is a path or a list of paths');
    return isAbsolute(base) ? base : resolve(dirname(file), base);
  });
}

/** Notations that look like inheritance but are not ours, and a key that would change every object of the program. */
const REFUSED_KEYS: ReadonlyMap<string, string> = new Map([
  ['<<', 'YAML merge keys are not merged; use `extends`'],
  ['$import', '`$import` is not supported; use `extends`'],
  ['__proto__', '`__proto__` cannot be a key'],
]);

/** Throws for a key that would be taken for an ordinary one, and where an alias makes a value part of itself. */
function refuseKeys(
  value: object,
  file: string,
  lines: ReadonlyMap<string, number>,
  path = '',
  above: readonly object[] = [],
): void {
  if (above.includes(value)) fault(file, lines.get(path), path, 'is part of itself');
  for (const [key, child] of Object.entries(value)) {
    const here = join(path, key);
    const why = REFUSED_KEYS.get(key);
    if (why !== undefined) fault(file, lines.get(here), here, why);
    if (typeof child === 'object' && child !== null) refuseKeys(child, file, lines, here, [...above, value]);
  }
}

function overlay(
  target: Tree,
  source: Tree,
  path: string,
  places: Map<string, ConfigPlace>,
  placeOf: (path: string) => ConfigPlace,
): void {
  for (const [key, value] of Object.entries(source)) {
    const here = join(path, key);
    if (value === null) {
      delete target[key];
      continue;
    }
    places.set(here, placeOf(here));
    if (!isTree(value)) {
      target[key] = value;
      for (const i of Array.isArray(value) ? value.keys() : [])
        places.set(join(here, String(i)), placeOf(join(here, String(i))));
      continue;
    }
    const known = target[key];
    const branch: Tree = isTree(known) ? known : {};
    target[key] = branch;
    overlay(branch, value, here, places, placeOf);
  }
}

function fault(file: string, line: number | undefined, path: string, message: string): never {
  throw new ConfigFaultError({ place: { file, line }, path, message });
}
