import { optionsJsonSchema } from '../config/options.ts';
import type { Plugin } from '../plugin.ts';

const NAMES_SHOWN = 8;

type JsonSchema = { readonly [key: string]: unknown };

/** One option of a plugin, as documents show it. */
export interface OptionRow {
  /** Dotted name. */
  readonly option: string;
  readonly type: string;
  /** Empty when the option has none; `required` when it must be given. */
  readonly default: string;
  readonly text: string;
}

/** The options of a plugin, nested ones after their parent. The one source of every table of options. */
export function describeOptions(plugin: Plugin): OptionRow[] {
  return optionRows(optionsJsonSchema(plugin));
}

function optionRows(schema: JsonSchema, prefix = ''): OptionRow[] {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  const required = new Set((schema.required ?? []) as readonly string[]);
  return Object.entries(properties).flatMap(([name, property]) => {
    const option = `${prefix}${name}`;
    const nested = property.type === 'object' ? optionRows(property, `${option}.`) : [];
    const row = {
      option,
      type: typeText(property),
      default: defaultText(property, required.has(name)),
      text: String(property.description ?? ''),
    };
    return [row, ...nested];
  });
}

function typeText(schema: JsonSchema): string {
  if (schema.secret === true) return 'secret';
  if (schema.path === true) return 'path';
  if (Array.isArray(schema.enum)) return enumText(schema.enum);
  if (schema.const !== undefined) return String(schema.const);
  const branches = (schema.anyOf ?? schema.oneOf) as readonly JsonSchema[] | undefined;
  if (branches !== undefined) return branches.map(typeText).join(' or ');
  if (schema.type === 'array') return `list of ${typeText((schema.items ?? {}) as JsonSchema)}`;
  if (schema.type === 'object' && schema.properties === undefined) {
    return `map of ${typeText((schema.additionalProperties ?? {}) as JsonSchema)}`;
  }
  return String(schema.type ?? 'any');
}

/** A long list of names, such as all of MISP's types, would drown the table; the JSON Schema has all of them. */
function enumText(names: readonly unknown[]): string {
  if (names.length <= NAMES_SHOWN) return names.map(String).join(', ');
  return `${names.slice(0, NAMES_SHOWN).map(String).join(', ')}, ... (${names.length} names)`;
}

function defaultText(schema: JsonSchema, required: boolean): string {
  if (schema.default !== undefined)
    return typeof schema.default === 'object' ? JSON.stringify(schema.default) : String(schema.default);
  return required ? 'required' : '';
}
