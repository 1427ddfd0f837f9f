import type { OptionsSchema } from '@misp-pipeline/core';
import { type ContractCase, type PluginOf, type RawOptions, type Subject, subjectOf } from './subject.ts';

/** What a source suite may be told besides the options, which have to name something that holds indicators. */
export interface SourceCase extends ContractCase {
  /** What reading has to give, where it is known. */
  readonly expect?: Partial<SourceTotals>;
  /** Options that name something broken, and a part of the place that the source has to name. */
  readonly malformed?: readonly { readonly options: RawOptions | (() => RawOptions); readonly place: string }[];
}

/** How many records became what. */
export interface SourceTotals {
  readonly read: number;
  readonly indicators: number;
  readonly rejected: number;
  readonly problems: number;
}

/** A source with what its suite knows of it. */
export interface SourceSubject extends Subject<'source'> {
  readonly case: SourceCase;
}

export function sourceSubject<S extends OptionsSchema>(
  plugin: PluginOf<'source', S>,
  given: SourceCase,
): SourceSubject {
  return { ...subjectOf(plugin, given), case: given };
}
