import { EXIT } from '@misp-pipeline/core';
import { type Context, openConfig } from '../context.ts';

export async function validate(context: Context): Promise<number> {
  const { io, options } = context;
  const config = await openConfig(context);
  const { name, files, sources, filters, exporters } = config;
  const stages = { sources: ids(sources), filters: ids(filters), exporters: ids(exporters) };
  if (options.json === true) io.json({ valid: true, name, files, ...stages });
  else {
    io.result(`${config.file} is valid`);
    for (const [kind, names] of Object.entries(stages)) io.result(`  ${kind.padEnd(10)} ${names.join(', ') || '-'}`);
  }
  return EXIT.ok;
}

function ids(stages: readonly { readonly id: string }[]): string[] {
  return stages.map(({ id }) => id);
}
