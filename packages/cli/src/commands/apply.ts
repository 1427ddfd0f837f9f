import { applyPlan, EXIT } from '@misp-pipeline/core';
import { type Context, openConfig, openLogger } from '../context.ts';
import { releaseText } from '../render/releases.ts';

export interface ApplyCommandOptions {
  readonly accept?: readonly string[];
}

/** Publishes exactly what `plan` has made ready. */
export async function apply(
  context: Context,
  fingerprint: string | undefined,
  { accept = [] }: ApplyCommandOptions,
): Promise<number> {
  const { io, options, signal } = context;
  const config = await openConfig(context);
  const report = await applyPlan(config, { signal, logger: openLogger(context), fingerprint, accept });
  if (options.json === true) io.json(report);
  else io.result(releaseText(report, (style, text) => io.style(style, text)));
  return EXIT.ok;
}
