import { EXIT } from '@misp-pipeline/core';
import type { Context } from '../context.ts';
import { diagnose } from '../doctor/diagnose.ts';
import { diagnosisText } from '../render/findings.ts';
import type { ServerCommandOptions } from '../server.ts';

export interface DoctorOptions extends ServerCommandOptions {
  /** Take warnings for errors. */
  readonly strict?: boolean;
}

/** Looks at everything that a run needs, changes nothing, and says what to do. */
export async function doctor(context: Context, { source, strict = false }: DoctorOptions): Promise<number> {
  const { io, options } = context;
  const diagnosis = await diagnose(context, source);
  if (options.json === true) io.json(diagnosis);
  else io.result(diagnosisText(diagnosis, (style, text) => io.style(style, text)));
  return diagnosis.exitCode === EXIT.ok && strict && diagnosis.warnings > 0 ? EXIT.unexpected : diagnosis.exitCode;
}
