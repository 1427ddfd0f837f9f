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
    [...Map.groupBy(configs, ownOf)].flatMap(([value, [first, ...others]]) =>
      value === undefined || first === undefined
        ? []
        : others.map(({ faultAt }) => faultAt(key, `is the same as that of ${first.file}`)),
    ),
  );
  const [first, ...others] = configs.filter(({ metrics }) => metrics.listen !== undefined);
  for (const { metrics, faultAt } of others) {
    if (metrics.listen !== first?.metrics.listen)
      faults.push(faultAt('metrics.listen', `differs from that of ${first?.file}, but they share one daemon`));
  }
  if (faults.length > 0) throw pipelineError('CONFIG_INVALID', { faults });
}
