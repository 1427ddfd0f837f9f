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
    return { code: 'UNEXPECTED', exitCode: EXIT.unexpected, message, hint: undefined, guard: [] };
  }
  const { code, exitCode, hint } = error;
  return { code, exitCode, message, hint, guard: findingsOf(error) };
}

/** What a refusal by guards has in its context. */
function findingsOf(error: Error): GuardFinding[] {
  const findings = 'context' in error && isRecord(error.context) ? error.context.findings : undefined;
  return Array.isArray(findings) ? findings.filter(isFinding) : [];
}

function isFinding(value: unknown): value is GuardFinding {
  return isRecord(value) && typeof value.id === 'string' && typeof value.message === 'string';
}
