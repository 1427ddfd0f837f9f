import { z } from 'zod';
import type { Plugin, PluginKind } from '../plugin.ts';
import { optionsJsonSchema } from './options.ts';
import { pipelineSchema } from './schema.ts';

type JsonSchema = { [key: string]: unknown };

const KINDS = { sources: 'source', filters: 'filter', exporters: 'exporter' } as const;

/** JSON Schema of a config file for editors: `use` chooses which options stand under `with`. */
export function configJsonSchema(plugins: readonly Plugin[]): JsonSchema {
  const schema = z.toJSONSchema(pipelineSchema, { io: 'input' }) as JsonSchema;
  const properties = schema.properties as Record<string, JsonSchema>;
  for (const [part, kind] of Object.entries(KINDS)) {
    const stages = properties[part] as JsonSchema;
    stages.additionalProperties = withPlugins(stages.additionalProperties as JsonSchema, plugins, kind);
  }
  properties.extends = {
    description: 'Config files that this one builds on.',
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
  };
  properties.$schema = { type: 'string' };
  // A file that extends another need not be complete by itself.
  const { required: _, ...rest } = schema;
  return rest;
}

function withPlugins(stage: JsonSchema, plugins: readonly Plugin[], kind: PluginKind): JsonSchema {
  const properties = { ...(stage.properties as Record<string, JsonSchema>) };
  if (properties.filters !== undefined) {
    const filters = properties.filters;
    properties.filters = {
      ...filters,
      additionalProperties: withPlugins(filters.additionalProperties as JsonSchema, plugins, 'filter'),
    };
  }
  const ofKind = plugins.filter((plugin) => plugin.kind === kind);
  const { required: _, ...open } = stage;
  return {
    anyOf: [
      { type: 'null' },
      {
        ...open,
        properties,
        allOf: ofKind.map((plugin) => ({
          if: { properties: { use: { const: plugin.name } }, required: ['use'] },
          // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
          then: { properties: { with: partial(optionsJsonSchema(plugin)) } },
        })),
      },
    ],
  };
}

/** Options may be spread over several files, so none is required in any of them. */
function partial({ $schema: _schema, required: _required, ...rest }: JsonSchema): JsonSchema {
  return rest;
}
