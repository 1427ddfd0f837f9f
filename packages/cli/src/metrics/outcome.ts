import { EXIT, type GuardFinding, isPipelineError, messageOf, type RunReport } from '@misp-pipeline/core';
import { isRecord } from '@misp-pipeline/misp';

/** Why a run published nothing. */
export interface Failure {
  /** Code of the error, `UNEXPECTED` for one that the engine does not know. */
  readonly code: string;
  readonly exitCode: number;
  readonly message: string;
  /** What to do, as a sentence. */
  readonly hint: string | undefined;
  /** What guards objected to. */
  readonly guard: readonly GuardFinding[];
  /** Exporter whose engine did not confirm its new files, if that is why. */
  readonly unconfirmed: string | undefined;
}

/** How a run ended. `skipped`: there was none, since another process holds the state folder. */
export type Outcome =
  | { readonly result: 'success'; readonly report: RunReport }
  | { readonly result: 'failure' | 'guard' | 'skipped'; readonly failure: Failure };

/** What a thrown error means for the account of runs; undefined when the run was only told to stop. */
export function outcomeOf(error: unknown): Outcome | undefined {
  const failure = failureOf(error);
  if (failure.exitCode === EXIT.interrupted) return undefined;
  if (failure.exitCode === EXIT.locked) return { result: 'skipped', failure };
  return { result: failure.exitCode === EXIT.guard ? 'guard' : 'failure', failure };
}

export function failureOf(error: unknown): Failure {
  const message = messageOf(error);
  if (!isPipelineError(error)) {
    return {
      code: 'UNEXPECTED',
      exitCode: EXIT.unexpected,
      message,
      hint: undefined,
      guard: [],
      unconfirmed: undefined,
    };
  }
  const { code, exitCode, hint } = error;
  return { code, exitCode, message, hint, ...detailsOf(code, 'context' in error ? error.context : undefined) };
}

/** What a refusal by guards, and a reload that failed, have in their context. */
function detailsOf(code: string, context: unknown): Pick<Failure, 'guard' | 'unconfirmed'> {
  const { findings, exporter } = isRecord(context) ? context : {};
  return {
    guard: Array.isArray(findings) ? findings.filter(isFinding) : [],
    unconfirmed: code === 'RELOAD_FAILED' && typeof exporter === 'string' ? exporter : undefined,
  };
}

function isFinding(value: unknown): value is GuardFinding {
  return isRecord(value) && typeof value.id === 'string' && typeof value.message === 'string';
}
