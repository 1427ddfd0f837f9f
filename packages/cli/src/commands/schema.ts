import { configJsonSchema, discoverPlugins, EXIT } from '@misp-pipeline/core';
import type { Context } from '../context.ts';
import { PROGRAM } from '../program.ts';
import { projectFolder } from './plugins.ts';

export async function schema(context: Context): Promise<number> {
  const found = await discoverPlugins(await projectFolder(context), PROGRAM);
  context.io.json(configJsonSchema(found.flatMap(({ result }) => ('fault' in result ? [] : [result.plugin]))));
  return EXIT.ok;
}
