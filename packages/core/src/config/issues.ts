import type { z } from 'zod';
import type { ConfigFault, ConfigPlace } from './fault.ts';
import { suggest } from './suggest.ts';

type Issue = z.core.$ZodIssue;

/** Turns what zod found into faults with places; `prefix` is the path of the checked value in the config. */
export function faultsOf(
  issues: readonly Issue[],
  checked: unknown,
  prefix: readonly string[],
  placeOf: (path: string) => ConfigPlace,
  knownAt: (path: readonly PropertyKey[]) => readonly string[],
): ConfigFault[] {
  return issues.flatMap((issue) => {
    const keys = [...prefix, ...issue.path.map(String)];
    if (issue.code !== 'unrecognized_keys') {
      const path = keys.join('.');
      return [{ place: placeOf(path), path, message: sentence(issue, valueAt(checked, issue.path)) }];
    }
    return issue.keys.map((key) => {
      const path = [...keys, key].join('.');
      const known = knownAt(issue.path);
      const near = suggest(key, known);
      const help =
        near === undefined ? `known are ${known.map((name) => `\`${name}\``).join(', ')}` : `did you mean \`${near}\`?`;
      return { place: placeOf(path), path, message: `unknown key \`${key}\`; ${help}` };
    });
  });
}

function sentence(issue: Issue, value: unknown): string {
  if (issue.code === 'invalid_type' && value === undefined) return 'is missing';
  const said = issue.message
    .replace(/^Invalid (input|option|value): /, '')
    .replace(/^expected one of /, 'must be one of ');
  return value === undefined || typeof value === 'object' ? said : `${said}, not \`${String(value)}\``;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
