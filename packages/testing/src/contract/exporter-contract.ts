import type { OptionsSchema } from '@misp-pipeline/core';
import { type Check, declareChecks } from './check.ts';
import { definitionChecks } from './definition-contract.ts';
import { accountChecks } from './exporter-account.ts';
import { coverageChecks } from './exporter-coverage.ts';
import { fileChecks } from './exporter-files.ts';
import { samenessChecks } from './exporter-sameness.ts';
import { type ExporterCase, type ExporterSubject, exporterSubject } from './exporter-subject.ts';
import type { PluginOf } from './subject.ts';

/** Declares the vitest cases that every exporter has to pass. */
export function exporterContract<S extends OptionsSchema>(plugin: PluginOf<'exporter', S>, given: ExporterCase = {}) {
  declareChecks(`exporter ${plugin.name}`, [...definitionChecks, ...exporterChecks], exporterSubject(plugin, given));
}

/** What every exporter has to keep. Each rendering starts with an empty ledger unless the check is about ids. */
export const exporterChecks: readonly Check<ExporterSubject>[] = [
  ...fileChecks,
  ...accountChecks,
  ...coverageChecks,
  ...samenessChecks,
];
