import type { OptionsSchema } from '@misp-pipeline/core';
import { type Check, declareChecks } from './check.ts';
import { definitionChecks } from './definition-contract.ts';
import { readingChecks } from './source-reading.ts';
import { type SourceCase, type SourceSubject, sourceSubject } from './source-subject.ts';
import { troubleChecks } from './source-troubles.ts';
import type { PluginOf } from './subject.ts';

/** Declares the vitest cases that every source has to pass. */
export function sourceContract<S extends OptionsSchema>(plugin: PluginOf<'source', S>, given: SourceCase): void {
  declareChecks(`source ${plugin.name}`, [...definitionChecks, ...sourceChecks], sourceSubject(plugin, given));
}

/** What every source has to keep. Each check reads the source anew. */
export const sourceChecks: readonly Check<SourceSubject>[] = [...readingChecks, ...troubleChecks];
