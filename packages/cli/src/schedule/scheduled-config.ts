import { type PipelineConfig, pipelineError, type ScheduleOptions } from '@misp-pipeline/core';
import { scheduleFault } from './cron-schedule.ts';

/** A config that says when to run, and whose other parts for the daemon are right. */
export interface ScheduledConfig extends PipelineConfig {
  readonly schedule: ScheduleOptions;
}

/** Throws CONFIG_INVALID with all that keeps the daemon from running a pipeline. */
export function scheduled(config: PipelineConfig): ScheduledConfig {
  const { file, schedule } = config;
  const faults = daemonFaults(config).map((fault) => `${file} ${fault}`);
  if (faults.length > 0 || schedule === undefined) throw pipelineError('CONFIG_INVALID', { faults });
  return { ...config, schedule };
}

function daemonFaults({ schedule }: PipelineConfig): string[] {
  const cron = schedule === undefined ? 'says not when to run; add `schedule: { cron: ... }`' : scheduleFault(schedule);
  return cron === undefined ? [] : [`schedule: ${cron}`];
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
