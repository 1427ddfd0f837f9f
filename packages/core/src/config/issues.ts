import type { z } from 'zod';
import { withoutCredentials } from './credentials.ts';
import type { Faults } from './faults.ts';
import { suggest } from './suggest.ts';

type Path = readonly PropertyKey[];

/** What was checked against a schema, and where it stands. */
export interface Checked {
  readonly value: unknown;
  /** Path of the value in the config. */
  readonly path: readonly string[];
  /** Keys that are known at a path below the value. */
  readonly knownAt: (below: Path) => readonly string[];
  /** Paths of the values that a placeholder gave. They are not quoted: an operator may keep anything secret there. */
  readonly replaced: ReadonlySet<string>;
  /** The config as it may be shown, with its secrets masked. What is quoted stands there. */
  readonly shown: unknown;
}

/** Turns what zod found wrong into faults. */
export function addIssues(
  faults: Faults,
  issues: readonly z.core.$ZodIssue[],
  { value, path, knownAt, replaced, shown }: Checked,
): void {
  for (const issue of issues) {
    const keys = [...path, ...issue.path.map(String)];
    const at = keys.join('.');
    if (issue.code !== 'unrecognized_keys') {
      const quote = replaced.has(at) ? 'what the placeholder gives' : quoted(valueAt(shown, keys));
      faults.add(at, sentence(issue, valueAt(value, issue.path), quote));
      continue;
    }
    for (const key of issue.keys) faults.add([...keys, key].join('.'), unknownKey(key, knownAt(issue.path)));
  }
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = suggest(key, known);
  const help =
    near === undefined ? `known are ${known.map((name) => `\`${name}\``).join(', ')}` : `did you mean \`${near}\`?`;
  return `unknown key \`${key}\`; ${help}`;
}

function sentence(issue: z.core.$ZodIssue, value: unknown, quote: string): string {
  if (issue.code === 'invalid_type' && value === undefined) return 'is missing';
  // What is wrong with a key is told inside; the value under it may be right.
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => message).join('; ');
  const said = issue.message
    .replace(/^Invalid (input|option|value): /, '')
    .replace(/^expected one of /, 'must be one of ');
  return value === undefined || typeof value === 'object' ? said : `${said}, not ${quote}`;
}

function quoted(value: unknown): string {
  return `\`${withoutCredentials(String(value))}\``;
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
