import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messageOf } from '../errors.ts';
import type { Faults } from './faults.ts';
import { isTree, type Tree } from './layer.ts';
import { join } from './yaml.ts';

const PLACEHOLDER = /\$\$\{|\$\{(env|file):([^}]*)\}|\$\{[^}]*\}/g;

export interface Interpolated {
  readonly tree: Tree;
  /** Paths of the leaves that held a placeholder. */
  readonly replaced: ReadonlySet<string>;
}

/**
 * Puts `${env:NAME}`, `${env:NAME:-default}` and `${file:PATH}` into string leaves, after parsing, so that a value can
 * never change the shape of the document. `$${` stands for a plain `${`.
 */
export function interpolate(
  tree: Tree,
  env: Readonly<Record<string, string | undefined>>,
  faults: Faults,
): Interpolated {
  const replaced = new Set<string>();

  function leaf(text: string, path: string): string {
    if (!text.includes('${')) return text;
    replaced.add(path);
    return text.replace(PLACEHOLDER, (whole, kind: string | undefined, argument = '') => {
      if (whole === '$${') return '${';
      const value =
        kind === 'env'
          ? fromEnv(argument, env)
          : kind === 'file'
            ? fromFile(argument, faults.placeOf(path).file)
            : UNKNOWN;
      if (typeof value === 'string') return value;
      faults.add(
        path,
        value.fault.replaceAll('%s', () => whole),
      );
      return whole;
    });
  }

  function walk(value: unknown, path: string): unknown {
    if (typeof value === 'string') return leaf(value, path);
    if (Array.isArray(value)) return value.map((item, i) => walk(item, join(path, String(i))));
    if (!isTree(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, walk(child, join(path, key))]));
  }

  return { tree: walk(tree, '') as Tree, replaced };
}

type Lookup = string | { readonly fault: string };

const UNKNOWN: Lookup = {
  fault: '`%s` is no placeholder; write `${env:NAME}` or `${file:PATH}`, or `$${` for a plain `${`',
};

function fromEnv(argument: string, env: Readonly<Record<string, string | undefined>>): Lookup {
  const split = argument.indexOf(':-');
  const name = split < 0 ? argument : argument.slice(0, split);
  const value = env[name];
  if (value !== undefined && (value !== '' || split < 0)) return value;
  if (split >= 0) return argument.slice(split + 2);
  return { fault: `the environment variable \`${name}\` is not set` };
}

function fromFile(argument: string, configFile: string): Lookup {
  try {
    return readFileSync(resolve(dirname(configFile), argument), 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    return { fault: `\`%s\` cannot be read: ${messageOf(error)}` };
  }
}
