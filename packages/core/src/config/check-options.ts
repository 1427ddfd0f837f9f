import { dirname, isAbsolute, resolve } from 'node:path';
import type { Plugin } from '../plugin.ts';
import type { Faults } from './faults.ts';
import { addIssues } from './issues.ts';
import { isTree, type Tree } from './layer.ts';
import { type JsonSchema, mapMarked, optionsJsonSchema, optionsSchema } from './options.ts';

/** What checking the options of all stages fills or asks. */
export interface OptionsContext {
  readonly faults: Faults;
  /** Paths of leaves that held a placeholder. */
  readonly replaced: ReadonlySet<string>;
  /** Collects the values of secret options. */
  readonly secrets: Set<string>;
  /** The config for showing, in which secrets are masked. */
  readonly shown: Tree;
}

/**
 * Checks what stands under `with:` of a stage. Paths become absolute, secrets are noted and masked, defaults filled in.
 * Undefined when something is wrong; the faults then say what.
 */
export function checkOptions(given: Tree, plugin: Plugin, path: string, context: OptionsContext): unknown {
  const { faults, replaced, shown } = context;
  const json = optionsJsonSchema(plugin);
  const located = locatedOptions(given, json, path, context);
  const schema = optionsSchema(plugin);
  const first = schema.safeParse(located);
  const parsed = first.success ? first : schema.safeParse(coerced(located, first.error.issues, path, replaced));
  if (parsed.success) return parsed.data;
  const knownAt = (below: readonly PropertyKey[]) => Object.keys(propertiesAt(json, below));
  addIssues(faults, parsed.error.issues, { value: located, path: path.split('.'), knownAt, replaced, shown });
  return undefined;
}

/** Notes and masks the secrets, and makes the paths absolute. `json` is the JSON Schema of what is given. */
export function locatedOptions(given: Tree, json: JsonSchema, path: string, context: OptionsContext): Tree {
  const { faults, secrets, shown } = context;
  mapMarked(given, json, 'secret', (text, below) => {
    const at = `${path}.${below}`;
    if (!faults.has(at)) secrets.add(text);
    mask(shown, at.split('.'));
    return text;
  });
  return mapMarked(given, json, 'path', (text, below) => absolutePath(text, `${path}.${below}`, faults)) as Tree;
}

/** A relative path counts from the file that wrote it; the address of a server is no path. */
export function absolutePath(text: string, path: string, faults: Faults): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || isAbsolute(text)) return text;
  return resolve(dirname(faults.placeOf(path).file), text);
}

type Issue = { readonly code: string; readonly path: readonly PropertyKey[] };

/** A placeholder always yields text; where a number or a switch belongs, that text is read as one. */
function coerced(options: Tree, issues: readonly Issue[], path: string, replaced: ReadonlySet<string>): Tree {
  const copy = structuredClone(options);
  for (const { code, path: below } of issues) {
    if (code !== 'invalid_type' || !replaced.has([path, ...below].join('.'))) continue;
    const key = String(below.at(-1));
    const parent = below.slice(0, -1).reduce<unknown>((at, part) => (at as Tree)[String(part)], copy);
    const text = isTree(parent) ? parent[key] : undefined;
    if (typeof text !== 'string' || !/^(true|false|-?\d+(\.\d+)?)$/.test(text)) continue;
    (parent as Tree)[key] = JSON.parse(text);
  }
  return copy;
}

function propertiesAt(schema: Tree | Readonly<Tree>, path: readonly PropertyKey[]): Tree {
  let at: Tree = schema;
  for (const key of path) {
    const named = (at.properties as Tree | undefined)?.[String(key)];
    at = (named ?? (typeof key === 'number' ? at.items : at.additionalProperties) ?? {}) as Tree;
  }
  return (at.properties ?? {}) as Tree;
}

function mask(tree: Tree, path: readonly string[]): void {
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Tree | undefined)?.[key], tree);
  const key = path.at(-1);
  if (typeof parent === 'object' && parent !== null && key !== undefined && key in parent)
    (parent as Tree)[key] = '***';
}
