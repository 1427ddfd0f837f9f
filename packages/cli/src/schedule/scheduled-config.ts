import { type PipelineConfig, pipelineError, type ScheduleOptions } from '@misp-pipeline/core';

/** A config that says when to run. */
export interface ScheduledConfig extends PipelineConfig {
  readonly schedule: ScheduleOptions;
}

/** Throws CONFIG_INVALID when the config does not say when to run. */
export function scheduled(config: PipelineConfig): ScheduledConfig {
  const { file, schedule } = config;
  if (schedule !== undefined) return { ...config, schedule };
  const fault = `${file} schedule: says not when to run; add \`schedule: { cron: ... }\``;
  throw pipelineError('CONFIG_INVALID', { faults: [fault] });
}

/** What pipelines of one daemon cannot share. */
const OWN: Readonly<Record<string, (config: PipelineConfig) => string | undefined>> = {
  name: ({ name }) => name,
  state: ({ state }) => state,
  'metrics.file': ({ metrics }) => metrics.file,
};

/** Throws CONFIG_INVALID when pipelines get into each other's way. */
export function refuseClashes(configs: readonly PipelineConfig[]): void {
  const clashes = Object.entries(OWN).flatMap(([key, ownOf]) =>
    [...Map.groupBy(configs, ownOf)].flatMap(([value, sharing]) =>
      value === undefined || sharing.length === 1 ? [] : [`${filesOf(sharing)} have the same \`${key}\`, \`${value}\``],
    ),
  );
  const listening = configs.filter(({ metrics }) => metrics.listen !== undefined);
  const addresses = new Set(listening.map(({ metrics }) => metrics.listen));
  if (addresses.size > 1) clashes.push(`${filesOf(listening)} have different \`metrics.listen\`, but share one daemon`);
  if (clashes.length > 0) throw pipelineError('CONFIG_INVALID', { faults: clashes });
}

function filesOf(configs: readonly PipelineConfig[]): string {
  return configs.map(({ file }) => file).join(' and ');
}
