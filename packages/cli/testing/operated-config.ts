import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PipelineConfig, type ScheduleOptions, Secret } from '@misp-pipeline/core';
import { afterEach, beforeEach } from 'vitest';
import type { ScheduledConfig } from '../src/schedule/scheduled-config.ts';

/** The folder of a test's configs and of what they write; another one for each test. */
export let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'misp-pipeline-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Every five minutes. */
export const SCHEDULE: ScheduleOptions = { cron: '*/5 * * * *', timezone: 'UTC', jitter: '0s', missed: 'run' };

/** A config that runs every five minutes and has no stages, with its state in {@link folder}. */
export function operated(parts: Partial<ScheduledConfig> = {}): ScheduledConfig {
  const guard = { withdrawn: 0.5, added: 10, from: 100, empty: true, incomplete: 'withdrawing' } as const;
  return {
    ...{ name: 'test', file: join(folder, 'c.yaml'), files: [], state: join(folder, 'state'), secrets: [], shown: {} },
    ...{ sources: [], filters: [], exporters: [], guard, metrics: {}, notify: undefined },
    schedule: SCHEDULE,
    ...parts,
  };
}

/** A receiver of notices at an address. */
export function notifying(url: string, parts: Partial<NonNullable<PipelineConfig['notify']>> = {}) {
  const on = ['failure', 'guard', 'quarantine', 'recovery'] as const;
  return { webhook: new Secret(url), headers: {}, on: [...on], timeout: 10, ...parts };
}
