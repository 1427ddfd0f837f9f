import { z } from 'zod';
import type { OptionsSchema, Plugin } from '../plugin.ts';
import { exporterOptions } from './schema.ts';

export type JsonSchema = { readonly [key: string]: unknown };

/** What stands under `with:` for a plugin: its own options, and for an exporter those of the engine. */
export function optionsSchema(plugin: Plugin): OptionsSchema {
  return plugin.kind === 'exporter' ? plugin.options.extend(exporterOptions.shape) : plugin.options;
}

/** JSON Schema of what a user may write, with descriptions, defaults and our own marks (`secret`, `path`). */
export function optionsJsonSchema(plugin: Plugin): JsonSchema {
  return z.toJSONSchema(optionsSchema(plugin), { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}

/** A mark of an option's schema: it holds a path, or a secret. */
export type Mark = 'path' | 'secret';

/**
 * Copies a value and changes the strings whose schema carries a mark, wherever in it they stand. `change` gets the
 * dotted path below the value.
 */
export function mapMarked(
  value: unknown,
  schema: JsonSchema,
  mark: Mark,
  change: (text: string, path: string) => unknown,
  path = '',
): unknown {
  const branches = (schema.anyOf ?? schema.oneOf ?? schema.allOf) as readonly JsonSchema[] | undefined;
  if (branches !== undefined) {
    return branches.reduce((current, branch) => mapMarked(current, branch, mark, change, path), value);
  }
  if (typeof value === 'string') return schema[mark] === true ? change(value, path) : value;
  if (Array.isArray(value)) {
    const items = (schema.items ?? {}) as JsonSchema;
    return value.map((item, i) => mapMarked(item, items, mark, change, join(path, String(i))));
  }
  if (typeof value !== 'object' || value === null) return value;
  const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  const rest = (schema.additionalProperties ?? {}) as JsonSchema;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      mapMarked(child, properties[key] ?? rest, mark, change, join(path, key)),
    ]),
  );
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
