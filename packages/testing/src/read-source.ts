import type { Batch, Indicator, Intake, RejectedRecord, Source, SourceProblem, SyncReport } from '@misp-pipeline/core';

/** What a source handed on, and what it said of the rest. */
export interface SourceReading {
  readonly batches: readonly Batch[];
  /** The indicators of all batches. */
  readonly indicators: readonly Indicator[];
  /** Records that the source counted as read. */
  readonly read: number;
  readonly rejected: readonly (RejectedRecord & { readonly reason: string })[];
  /** Records of earlier runs that the source said the origin does not vouch for any more. */
  readonly withdrawn: readonly (RejectedRecord & { readonly reason: string })[];
  readonly problems: readonly SourceProblem[];
  readonly sync: SyncReport | undefined;
  /** When the origin last confirmed what was handed on, if the source said so. */
  readonly asOf: Date | undefined;
}

/** Reads a source to its end, as the engine does, or until `each` says stop; then closes it. */
export async function readSource(
  source: Source,
  signal: AbortSignal = new AbortController().signal,
  each: (batch: Batch, batches: number) => 'stop' | undefined = () => undefined,
): Promise<SourceReading> {
  const batches: Batch[] = [];
  const rejected: (RejectedRecord & { reason: string })[] = [];
  const withdrawn: (RejectedRecord & { reason: string })[] = [];
  const problems: SourceProblem[] = [];
  let read = 0;
  let sync: SyncReport | undefined;
  let asOf: Date | undefined;
  const intake: Intake = {
    read(records) {
      read += records;
    },
    reject(reason, record) {
      rejected.push({ reason, ...record });
    },
    withdrawn(reason, record) {
      withdrawn.push({ reason, ...record });
    },
    problem(problem) {
      problems.push(problem);
    },
    sync(report) {
      sync = report;
    },
    asOf(time) {
      asOf = time;
    },
  };
  try {
    for await (const batch of source.read(signal, intake)) {
      batches.push(batch);
      if (each(batch, batches.length) === 'stop') break;
    }
  } finally {
    await source.close?.();
  }
  return { batches, indicators: batches.flat(), read, rejected, withdrawn, problems, sync, asOf };
}
