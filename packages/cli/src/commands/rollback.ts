import { EXIT, type RollbackTarget, rollBack } from '@misp-pipeline/core';
import { type Context, openConfig, openLogger } from '../context.ts';
import { indexedRelease } from '../indexed-release.ts';
import { releaseText } from '../render/releases.ts';
import { observedRelease } from '../schedule/observed-release.ts';
import { UsageError } from '../usage-error.ts';
import { momentOf, releaseNumber } from './release-name.ts';

export interface RollbackCommandOptions {
  readonly at?: string;
}

/** Makes an earlier release live again. */
export async function rollback(
  context: Context,
  release: string | undefined,
  { at }: RollbackCommandOptions,
): Promise<number> {
  const { io, options, signal } = context;
  const target = targetOf(release, at);
  const config = await openConfig(context);
  const logger = openLogger(context);
  const report = await indexedRelease(config, { logger, signal }, (watch) =>
    observedRelease(config, logger, () => rollBack(config, target, { signal, logger, ...watch })),
  );
  if (options.json === true) io.json(report);
  else io.result(releaseText(report, (style, text) => io.style(style, text)));
  return EXIT.ok;
}

function targetOf(release: string | undefined, at: string | undefined): RollbackTarget {
  if (at !== undefined && release !== undefined)
    throw new UsageError(`both release \`${release}\` and --at name where to go back to`, 'Give one of them.');
  if (at !== undefined) return { at: momentOf(at) };
  return release === undefined ? 'previous' : { release: releaseNumber(release) };
}
