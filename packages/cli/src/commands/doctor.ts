import type { Context } from '../context.ts';
import { diagnose } from '../doctor/diagnose.ts';
import { diagnosisText } from '../render/findings.ts';
import type { ServerCommandOptions } from '../server.ts';

export interface DoctorOptions extends ServerCommandOptions {
  /** Take warnings for errors. */
  readonly strict?: boolean;
}

/** Their values are words of this program. */
const FIXED_KEYS = new Set(['level', 'code', 'check']);

/** Looks at everything that a run needs, changes nothing, and says what to do. */
export async function doctor(context: Context, { source, strict = false }: DoctorOptions): Promise<number> {
  const { io, options } = context;
  const diagnosis = await diagnose(context, { source, strict });
  if (options.json === true) io.json(diagnosis, FIXED_KEYS);
  else io.result(diagnosisText(diagnosis, (style, text) => io.style(style, text)));
  return diagnosis.exitCode;
}
