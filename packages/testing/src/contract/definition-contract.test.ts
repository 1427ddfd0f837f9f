import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Exporter, z } from '@misp-pipeline/core';
import { describe, expect, it } from 'vitest';
import { failedChecks } from './check.ts';
import { definitionChecks } from './definition-contract.ts';
import { type ContractCase, type PluginOf, subjectOf } from './subject.ts';

const build = (): Exporter => ({ render: () => {} });
const good: PluginOf<'exporter'> = {
  api: 1,
  kind: 'exporter',
  name: 'quiet-list',
  summary: 'Writes nothing.',
  options: z.strictObject({
    nested: z
      .array(z.strictObject({ limit: z.int().default(3).describe('Largest number.') }))
      .default([])
      .describe('A list. It may be empty.'),
  }),
  create: build,
};

const MUTANTS: Record<string, { caughtBy: string; plugin?: Partial<PluginOf<'exporter'>>; given?: ContractCase }> = {
  'has no kebab-case name': { caughtBy: 'has a definition that the engine accepts', plugin: { name: 'quietList' } },
  'has a summary without a full stop': {
    caughtBy: 'has a definition that the engine accepts',
    plugin: { summary: 'Writes nothing' },
  },
  'has a summary of two sentences': {
    caughtBy: 'has a definition that the engine accepts',
    plugin: { summary: 'Writes nothing. Reads nothing.' },
  },
  'lives in a package of another name': {
    caughtBy: 'is named like its package',
    given: { packageName: '@misp-pipeline/exporter-list' },
  },
  'leaves an option undescribed': {
    caughtBy: 'describes each option in sentences that end with a full stop',
    plugin: { options: z.strictObject({ limit: z.int().default(3) }) },
  },
  'leaves an option inside a list undescribed': {
    caughtBy: 'describes each option in sentences that end with a full stop',
    plugin: {
      options: z.strictObject({
        all: z
          .array(z.strictObject({ a: z.int() }))
          .default([])
          .describe('All.'),
      }),
    },
  },
  'describes an option without a full stop': {
    caughtBy: 'describes each option in sentences that end with a full stop',
    plugin: { options: z.strictObject({ limit: z.int().default(3).describe('largest number') }) },
  },
  'wants an option that its case does not give': {
    caughtBy: 'accepts the options of its case',
    plugin: { options: z.strictObject({ limit: z.int().describe('Largest number.') }) },
  },
  'passes over options that it does not know': {
    caughtBy: 'refuses an option that it does not know',
    plugin: { options: z.object({}) },
  },
  'builds one stage for all runs': {
    caughtBy: 'is built new for each run, without touching its state folder',
    plugin: {
      create: (
        (stage: Exporter) => () =>
          stage
      )(build()),
    },
  },
  'writes into the state folder before the run': {
    caughtBy: 'is built new for each run, without touching its state folder',
    plugin: {
      create: (_options, { stateDir }) => {
        writeFileSync(join(stateDir, 'mirror'), '');
        return build();
      },
    },
  },
  'cannot be closed twice': {
    caughtBy: 'can be closed twice, also when it was never used',
    plugin: {
      create: () => {
        let isOpen = true;
        return {
          ...build(),
          close() {
            if (!isOpen) throw new Error('already closed');
            isOpen = false;
          },
        };
      },
    },
  },
};

describe('definition checks', () => {
  it('pass a good definition', async () => {
    const given = { packageName: '@example/exporter-quiet-list' };
    expect(await failedChecks(definitionChecks, subjectOf(good, given))).toEqual({});
  });

  it.each(Object.entries(MUTANTS))('catch a plugin that %s', async (_name, { caughtBy, plugin = {}, given = {} }) => {
    const failed = await failedChecks(definitionChecks, subjectOf({ ...good, ...plugin }, given));
    expect(Object.keys(failed)).toContain(caughtBy);
  });
});
