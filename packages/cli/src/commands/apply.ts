import { applyPlan, EXIT, refuseUnknownFindings } from '@misp-pipeline/core';
import { type Context, openConfig, openLogger } from '../context.ts';
import { indexedRelease } from '../indexed-release.ts';
import { releaseText } from '../render/releases.ts';
import { observedRelease } from '../schedule/observed-release.ts';
import { UsageError } from '../usage-error.ts';

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
  refuseSwallowed(fingerprint, accept);
  const config = await openConfig(context);
  refuseUnknownFindings(accept, config);
  const logger = openLogger(context);
  const report = await indexedRelease(config, { logger, signal }, (watch) =>
    observedRelease(config, logger, () => applyPlan(config, { signal, logger, fingerprint, accept, ...watch })),
  );
  if (options.json === true) io.json(report);
  else io.result(releaseText(report, (style, text) => io.style(style, text)));
  return EXIT.ok;
}

/** `--accept` takes all that follows it. A fingerprint that it took would let another plan than the one that was meant go live. */
function refuseSwallowed(fingerprint: string | undefined, accept: readonly string[]): void {
  const taken = accept.find((finding) => /^[0-9a-f]{16}$/.test(finding));
  if (fingerprint !== undefined || taken === undefined) return;
  throw new UsageError(
    `\`${taken}\` is a fingerprint, and no finding of a guard`,
    `Write it in front: misp-pipeline apply ${taken} --accept ...`,
  );
}
