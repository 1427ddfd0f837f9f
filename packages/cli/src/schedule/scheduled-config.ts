import { type PipelineConfig, pipelineError, type ScheduleOptions } from '@misp-pipeline/core';

/** A config that says when to run. */
export interface ScheduledConfig extends PipelineConfig {
  readonly schedule: ScheduleOptions;
}

/** Throws CONFIG_INVALID when the config does not say when to run. */
export function scheduled(config: PipelineConfig): ScheduledConfig {
  const { schedule, faultAt } = config;
  if (schedule !== undefined) return { ...config, schedule };
  const fault = faultAt('schedule', 'says not when to run; add `schedule: { cron: ... }`');
  throw pipelineError('CONFIG_INVALID', { faults: [fault] });
}

/** What pipelines of one daemon cannot share. */
const OWN: Readonly<Record<string, (config: PipelineConfig) => string | undefined>> = {
  name: ({ name }) => name,
  state: ({ state }) => state,
  'metrics.file': ({ metrics }) => metrics.file,
};

/** Throws CONFIG_INVALID when pipelines get into each other's way. What they share is not quoted: a placeholder may give it. */
export function refuseClashes(configs: readonly PipelineConfig[]): void {
  const faults = Object.entries(OWN).flatMap(([key, ownOf]) =>
    [...Map.groupBy(configs, ownOf)].flatMap(([value, sharing]) =>
      value === undefined || sharing.length === 1 ? [] : faultOf(sharing, key, 'is the same in'),
    ),
  );
  const listening = configs.filter(({ metrics }) => metrics.listen !== undefined);
  const addresses = new Set(listening.map(({ metrics }) => metrics.listen));
  if (addresses.size > 1) faults.push(...faultOf(listening, 'metrics.listen', 'has to be the same in'));
  if (faults.length > 0) throw pipelineError('CONFIG_INVALID', { faults });
}

/** A fault that several configs have together, told with the place in the last of them. */
function faultOf(configs: readonly PipelineConfig[], key: string, what: string): string[] {
  const message = `${what} ${configs.map(({ file }) => file).join(' and ')}, which share one daemon`;
  return configs.slice(-1).map(({ faultAt }) => faultAt(key, message));
}
