import { EXIT, verifyPipeline } from '@misp-pipeline/core';
import { type Context, openConfig, openLogger } from '../context.ts';
import { ProgressLine } from '../progress.ts';
import { verificationText } from '../render/verification.ts';
import { visible } from '../render/visible.ts';
import { UsageError } from '../usage-error.ts';

export interface VerifyCommandOptions {
  readonly sample: number;
  readonly seed: string;
  readonly exporter?: readonly string[];
}

/** Proves on the real engines that what is published fires, and only when it must. */
export async function verify(context: Context, { sample, seed, exporter }: VerifyCommandOptions): Promise<number> {
  const { io, options, signal } = context;
  const config = await openConfig(context);
  const unknown = exporter?.find((id) => !config.exporters.some((known) => known.id === id));
  if (unknown !== undefined) {
    const known = config.exporters.map(({ id }) => id).join(', ');
    throw new UsageError(`no exporter \`${visible(unknown)}\` is enabled in the config`, `Its exporters are ${known}.`);
  }
  const progress = new ProgressLine(options.quiet === true);
  const only = exporter && new Set(exporter);
  try {
    const report = await verifyPipeline(config, { signal, logger: openLogger(context), sample, seed, only, progress });
    progress.end();
    if (options.json === true) io.json(report);
    else io.result(verificationText(report, (style, text) => io.style(style, text)));
    return report.passed ? EXIT.ok : EXIT.engine;
  } finally {
    progress.end();
  }
}
