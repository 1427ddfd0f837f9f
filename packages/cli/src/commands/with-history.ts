import { EXIT, History, pipelineError } from '@misp-pipeline/core';
import { type Context, openConfig } from '../context.ts';

/** Reads what the state folder of the config remembers; `act` is given undefined where it remembers nothing yet. */
export async function withAnyHistory(context: Context, act: (known: History | undefined) => void): Promise<number> {
  const { state } = await openConfig(context);
  const known = History.ifAny(state);
  try {
    act(known);
    return EXIT.ok;
  } finally {
    known?.close();
  }
}

/** The same for whoever needs a release. Throws RELEASE_UNKNOWN where there is none at all. */
export function withHistory(context: Context, act: (known: History) => void): Promise<number> {
  return withAnyHistory(context, (known) => {
    if (known === undefined)
      throw pipelineError('RELEASE_UNKNOWN', { wanted: 'release', known: 'none has been live yet' });
    act(known);
  });
}
