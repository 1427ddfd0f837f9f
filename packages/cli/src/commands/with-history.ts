import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, History } from '@misp-pipeline/core';
import { type Context, openConfig, talk } from '../context.ts';

/** Reads what the state folder of the config remembers; says so when nothing has been published yet. */
export async function withHistory(context: Context, act: (known: History) => void): Promise<number> {
  const config = await openConfig(context);
  if (!existsSync(join(config.state, 'history.sqlite'))) {
    if (context.options.json === true) context.io.json([]);
    talk(context, 'nothing has been published yet');
    return EXIT.ok;
  }
  const known = new History(config.state);
  try {
    act(known);
    return EXIT.ok;
  } finally {
    known.close();
  }
}
