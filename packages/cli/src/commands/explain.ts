import { EXIT, runPipeline } from '@misp-pipeline/core';
import { type Context, openConfig, openLogger } from '../context.ts';
import { explanationText } from '../explain/text.ts';
import { ValueTrace } from '../explain/value-trace.ts';
import { ProgressLine } from '../progress.ts';

/** Repeats the run from what is mirrored, publishes nothing, and follows one value. */
export async function explain(context: Context, value: string): Promise<number> {
  const { io, options, signal } = context;
  const config = await openConfig(context);
  const trace = new ValueTrace(value);
  const progress = new ProgressLine(options.quiet === true);
  try {
    await runPipeline(config, { signal, logger: openLogger(context), replay: true, trace, progress });
  } finally {
    progress.end();
  }
  const explanation = trace.explanation();
  if (options.json === true) io.json(explanation);
  else io.result(explanationText(explanation, (style, text) => io.style(style, text)));
  return EXIT.ok;
}
