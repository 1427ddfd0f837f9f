import { EXIT, runPipeline } from '@misp-pipeline/core';
import { type Context, openConfig, openLogger } from '../context.ts';
import { pastLines, pastLives } from '../explain/past.ts';
import { explanationText } from '../explain/text.ts';
import { ValueTrace } from '../explain/value-trace.ts';
import { ProgressLine } from '../progress.ts';
import type { Style } from '../render/style.ts';
import { UsageError } from '../usage-error.ts';

/** Repeats the run from what is mirrored, publishes nothing, and follows one value. */
export async function explain(context: Context, value: string): Promise<number> {
  const { io, options, signal } = context;
  if (value.trim() === '') throw new UsageError('there is no value to explain', 'Write one, such as `evil[.]example`.');
  const config = await openConfig(context);
  const trace = new ValueTrace(value);
  const progress = new ProgressLine(options.quiet === true);
  try {
    await runPipeline(config, { signal, logger: openLogger(context), replay: true, trace, progress });
  } finally {
    progress.end();
  }
  const explanation = trace.explanation();
  const lives = pastLives(config.state, explanation.lookedFor);
  const isLive = lives.some(({ until }) => until === undefined);
  const style: Style = (colour, text) => io.style(colour, text);
  if (options.json === true) io.json({ ...explanation, lives });
  else io.result([explanationText(explanation, isLive, style), ...pastLines(lives, style)].join('\n'));
  return EXIT.ok;
}
