import type { OptionsSchema } from '@misp-pipeline/core';
import { type Check, declareChecks } from './check.ts';
import { definitionChecks } from './definition-contract.ts';
import { accountChecks } from './filter-account.ts';
import { samenessChecks } from './filter-sameness.ts';
import { type FilterCase, type FilterSubject, filterSubject } from './filter-subject.ts';
import type { PluginOf } from './subject.ts';

/** Declares the vitest cases that every filter has to pass. */
export function filterContract<S extends OptionsSchema>(plugin: PluginOf<'filter', S>, given: FilterCase): void {
  declareChecks(`filter ${plugin.name}`, [...definitionChecks, ...filterChecks], filterSubject(plugin, given));
}

/** What every filter has to keep. */
export const filterChecks: readonly Check<FilterSubject>[] = [...accountChecks, ...samenessChecks];
