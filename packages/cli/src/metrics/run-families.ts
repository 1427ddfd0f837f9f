import { type Family, maybe, timestamp } from './family.ts';

/** Metrics of the runs themselves. */
export const RUN_FAMILIES: readonly Family[] = [
  {
    name: 'runs_total',
    type: 'counter',
    help: 'Runs by result; skipped ones could not begin, or nobody was there to begin them.',
    labels: ['result'],
    samples: ({ state }) => Object.entries(state.runs).map(([result, runs]) => [runs, result]),
  },
  {
    name: 'run_duration_seconds',
    type: 'gauge',
    help: 'How long the last run took.',
    labels: [],
    samples: ({ state: { lastRun } }) =>
      maybe(lastRun && (Date.parse(lastRun.finishedAt) - Date.parse(lastRun.startedAt)) / 1000),
  },
  {
    name: 'last_run_timestamp_seconds',
    type: 'gauge',
    help: 'When the last run ended, whatever its result.',
    labels: [],
    samples: ({ state: { lastRun } }) => maybe(lastRun && timestamp(lastRun.finishedAt)),
  },
  {
    name: 'last_success_timestamp_seconds',
    type: 'gauge',
    help: 'When the last successful run ended.',
    labels: [],
    samples: ({ state: { lastSuccessAt } }) =>
      maybe(lastSuccessAt === undefined ? undefined : timestamp(lastSuccessAt)),
  },
  {
    name: 'last_exit_code',
    type: 'gauge',
    help: 'Exit code of the last run.',
    labels: [],
    samples: ({ state: { lastRun } }) => maybe(lastRun?.exitCode),
  },
  {
    name: 'guard_findings',
    type: 'gauge',
    help: 'What guards objected to in the last run.',
    labels: ['guard'],
    samples: ({ state: { lastRun } }) => Object.entries(lastRun?.guard ?? {}).map(([guard, count]) => [count, guard]),
  },
  {
    name: 'config_stale',
    type: 'gauge',
    help: 'Whether the config on disk is wrong and the daemon goes on with an older one.',
    labels: [],
    samples: ({ daemon }) => maybe(daemon && Number(daemon.staleSince !== undefined)),
  },
  {
    name: 'next_run_timestamp_seconds',
    type: 'gauge',
    help: 'When the daemon begins the next run.',
    labels: [],
    samples: ({ daemon }) => maybe(daemon?.nextRun && timestamp(daemon.nextRun)),
  },
];
