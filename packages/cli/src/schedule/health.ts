import type { DaemonStatus, PipelineStatus } from '../metrics/family.ts';
import { timestamp } from '../metrics/family.ts';

/** What `/health` says of all pipelines: numbers, times and ids only, no message that could quote a value or a secret. */
export function healthOf(statuses: readonly PipelineStatus[], now: Date) {
  const pipelines = statuses.map((status) => pipelineHealth(status, now));
  return { status: pipelines.every(({ status }) => status === 'ok') ? 'ok' : 'degraded', pipelines };
}

function pipelineHealth({ name, state, daemon }: PipelineStatus, now: Date) {
  const { lastRun, lastSuccessAt, digest, live, runs } = state;
  const isWell = lastRun?.exitCode === 0 && daemon?.ready === true && daemon.staleSince === undefined;
  return {
    name,
    status: isWell ? 'ok' : 'degraded',
    ...planned(daemon),
    lastRun: lastRun && {
      ...{ runId: lastRun.runId, startedAt: lastRun.startedAt, finishedAt: lastRun.finishedAt },
      ...{ exitCode: lastRun.exitCode, code: lastRun.code },
    },
    lastSuccessAt,
    runs,
    sources: (digest?.sources ?? []).map(({ id, asOf, problems }) => {
      return { id, asOf, ageSeconds: asOf && Math.round(timestamp(now) - timestamp(asOf)), problems };
    }),
    exporters: live.map(({ id, generation, exported, reloadConfirmed }) => {
      const quarantined = digest?.exporters.find((one) => one.id === id)?.quarantined;
      return { id, generation, exported, quarantined, reloadConfirmed };
    }),
  };
}

function planned(daemon: DaemonStatus | undefined) {
  return {
    ...{ ready: daemon?.ready, running: daemon?.running, nextRun: daemon?.nextRun?.toISOString() },
    configStaleSince: daemon?.staleSince?.toISOString(),
  };
}
