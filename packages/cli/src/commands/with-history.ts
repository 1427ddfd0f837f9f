import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, History, pipelineError } from '@misp-pipeline/core';
import { type Context, openConfig } from '../context.ts';

/** Reads what the state folder of the config remembers; `act` is given undefined where it remembers nothing yet. */
export async function withAnyHistory(context: Context, act: (known: History | undefined) => void): Promise<number> {
  const { state } = await openConfig(context);
  const known = existsSync(join(state, 'history.sqlite')) ? new History(state) : undefined;
  try {
    act(known);
    return EXIT.ok;
  } finally {
    known?.close();
  }
}

/** The same for whoever needs the release `wanted`. Throws RELEASE_UNKNOWN where there is none at all. */
export function withHistory(context: Context, wanted: string, act: (known: History) => void): Promise<number> {
  return withAnyHistory(context, (known) => {
    if (known === undefined) throw pipelineError('RELEASE_UNKNOWN', { wanted, known: 'none has been live yet' });
    act(known);
  });
}
