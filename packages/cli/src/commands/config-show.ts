import { EXIT } from '@misp-pipeline/core';
import { dump } from 'js-yaml';
import { type Context, openConfig } from '../context.ts';

export async function show(context: Context): Promise<number> {
  const { io, options } = context;
  const config = await openConfig(context);
  if (options.json === true) io.json(config.shown);
  else {
    for (const file of config.files) io.result(`# ${file}`);
    io.result(dump(config.shown).trimEnd());
  }
  return EXIT.ok;
}
