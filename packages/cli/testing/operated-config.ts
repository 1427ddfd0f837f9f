import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PipelineConfig, type ScheduleOptions, Secret, type ServeOptions } from '@misp-pipeline/core';
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

const limits = {
  ...{ body: 1_048_576, values: 1000, length: 4096, lines: 1_000_000, details: 100, answer: 33_554_432 },
  ...{ connections: 256, timeout: 30 },
};

/** What the service does when the config says nothing of it. */
const SERVE: ServeOptions = {
  ...{ listen: '127.0.0.1:8472', tokens: {}, max: 'amber', unmarked: 'amber', rate: 6000, auditValues: false },
  limits,
};

/** A config that runs every five minutes and has no stages, with its state in {@link folder}. */
export function operated(parts: Partial<ScheduledConfig> = {}): ScheduledConfig {
  const guard = { withdrawn: 0.5, added: 10, from: 100, empty: true, incomplete: 'withdrawing' } as const;
  const file = parts.file ?? join(folder, 'c.yaml');
  return {
    ...{ name: 'test', file, files: [], state: join(folder, 'state'), secrets: [], shown: {} },
    ...{ sources: [], filters: [], exporters: [], guard, history: { keep: '400d' }, metrics: {}, notify: undefined },
    ...{ index: undefined, serve: SERVE },
    faultAt: (path, message) => `${file} ${path}: ${message}`,
    schedule: SCHEDULE,
    ...parts,
  };
}

/** A receiver of notices at an address. */
export function notifying(url: string, parts: Partial<NonNullable<PipelineConfig['notify']>> = {}) {
  const on = ['failure', 'guard', 'quarantine', 'recovery'] as const;
  return { webhook: new Secret(url), headers: {}, on: [...on], timeout: 10, ...parts };
}
