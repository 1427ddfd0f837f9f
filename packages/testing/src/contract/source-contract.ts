import { type Batch, type Indicator, isPipelineError, messageOf, type OptionsSchema } from '@misp-pipeline/core';
import { readSource, type SourceReading } from '../read-source.ts';
import { type Check, declareChecks, type Problems } from './check.ts';
import { definitionChecks } from './definition-contract.ts';
import { indicatorProblems } from './indicator-form.ts';
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

interface SourceSubject extends Subject<'source'> {
  readonly case: SourceCase;
}

/** Declares the vitest cases that every source has to pass. */
export function sourceContract<S extends OptionsSchema>(plugin: PluginOf<'source', S>, given: SourceCase): void {
  declareChecks(`source ${plugin.name}`, [...definitionChecks, ...sourceChecks], sourceSubject(plugin, given));
}

export function sourceSubject<S extends OptionsSchema>(
  plugin: PluginOf<'source', S>,
  given: SourceCase,
): SourceSubject {
  return { ...subjectOf(plugin, given), case: given };
}

/** What every source has to keep. Each check reads the source anew. */
export const sourceChecks: readonly Check<SourceSubject>[] = [
  { name: 'hands on what its case expects', problems: totals },
  { name: 'hands on no empty batch', problems: emptyBatches },
  { name: 'hands on canonical indicators with complete, single origins', problems: formOfIndicators },
  { name: 'accounts for every record, once', problems: accounts },
  { name: 'says in a countable way why a record became nothing, and where it stands', problems: formOfRejections },
  { name: 'hands on the same when it is read again', problems: readsTheSame },
  { name: 'shares one event object among the indicators of an event', problems: sharesEvents },
  { name: 'stops within one batch when the run is aborted', problems: stops },
  { name: 'can be left after the first batch', problems: isLeft },
  { name: 'names the place of what is malformed', problems: namesPlaces },
];

async function totals({ build, case: { expect = {} } }: SourceSubject): Promise<Problems> {
  const reading = await readSource(build());
  const found: SourceTotals = {
    read: reading.read,
    indicators: reading.indicators.length,
    rejected: reading.rejected.length,
    problems: reading.problems.length,
  };
  const problems = found.indicators > 0 ? [] : ['no indicator was read, so the suite proves nothing'];
  for (const name of ['read', 'indicators', 'rejected', 'problems'] as const) {
    const wanted = expect[name];
    if (wanted !== undefined && wanted !== found[name]) problems.push(`${name}: ${found[name]} instead of ${wanted}`);
  }
  return problems;
}

async function emptyBatches({ build }: SourceSubject): Promise<Problems> {
  const { batches } = await readSource(build());
  return batches.flatMap((batch, i) => (batch.length === 0 ? [`batch ${i + 1} of ${batches.length} is empty`] : []));
}

async function formOfIndicators({ build, services }: SourceSubject): Promise<Problems> {
  const own = services();
  const { indicators } = await readSource(build(own));
  return indicators.flatMap((indicator) => [
    ...indicatorProblems(indicator),
    ...(indicator.origins.length === 1 ? [] : [`\`${indicator.value}\` has ${indicator.origins.length} origins`]),
    ...indicator.origins
      .filter(({ source }) => source !== own.id)
      .map(({ source }) => `\`${indicator.value}\` comes from \`${source}\` instead of \`${own.id}\``),
  ]);
}

async function accounts({ build }: SourceSubject): Promise<Problems> {
  const { read, rejected, indicators } = await readSource(build());
  const yielded = new Set(indicators.flatMap(({ origins }) => origins.map((o) => `${o.event.uuid} ${o.attribute}`)));
  if (yielded.size + rejected.length === read) return [];
  return [`read ${read} records, but ${yielded.size} became indicators and ${rejected.length} were rejected`];
}

async function formOfRejections({ build }: SourceSubject): Promise<Problems> {
  const { rejected } = await readSource(build());
  return rejected.flatMap(({ reason, value, place }) => [
    ...(/^(skipped|rejected):\S+$/.test(reason) ? [] : [`reason \`${reason}\` of \`${value}\``]),
    ...(place === '' ? [`\`${value}\` was rejected without saying where it stands`] : []),
  ]);
}

async function readsTheSame({ build, services }: SourceSubject): Promise<Problems> {
  const own = services();
  const first = summary(await readSource(build(own)));
  const again = summary(await readSource(build(own)));
  const afresh = summary(await readSource(build()));
  const problems: string[] = [];
  if (again !== first) problems.push('a second run with the same state folder read something else');
  if (afresh !== first) problems.push('a run with an empty state folder read something else');
  return problems;
}

/** All that a reading says, in an order of its own: files may be read side by side. */
function summary({ indicators, read, rejected, problems }: SourceReading): string {
  const lines = [indicators, rejected, problems].map((list) => list.map((item) => JSON.stringify(item)).sort());
  return JSON.stringify([read, lines]);
}

async function sharesEvents({ build }: SourceSubject): Promise<Problems> {
  const { batches } = await readSource(build());
  return [...new Set(batches.flatMap(copiedEvents))].map((uuid) => `event ${uuid} is copied within a batch`);
}

function copiedEvents(batch: Batch): string[] {
  const events = new Set(batch.flatMap((indicator: Indicator) => indicator.origins.map(({ event }) => event)));
  const uuids = [...events].map(({ uuid }) => uuid);
  return uuids.filter((uuid, i) => uuids.indexOf(uuid) !== i);
}

async function stops({ build }: SourceSubject): Promise<Problems> {
  const early = AbortSignal.abort();
  const controller = new AbortController();
  const afterAbort = [
    await batchesUntilEnd(build, early, () => {}),
    (await batchesUntilEnd(build, controller.signal, () => controller.abort())) - 1,
  ];
  return afterAbort.filter((batches) => batches > 1).map((batches) => `${batches} batches came after the abort`);
}

/** Number of batches up to the end; ending by an error is fine once the signal has aborted. */
async function batchesUntilEnd(build: SourceSubject['build'], signal: AbortSignal, each: () => void): Promise<number> {
  let batches = 0;
  try {
    await readSource(build(), signal, () => {
      batches++;
      each();
      return undefined;
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return batches;
}

async function isLeft({ build }: SourceSubject): Promise<Problems> {
  const source = build();
  const { batches } = await readSource(source, undefined, () => 'stop');
  await source.close?.();
  return batches.length === 1 ? [] : ['there was no first batch'];
}

async function namesPlaces({ build, case: { malformed = [] } }: SourceSubject): Promise<Problems> {
  const problems: string[] = [];
  for (const { options, place } of malformed) {
    const said = await complaints(build, typeof options === 'function' ? options() : options);
    if (said.length === 0) problems.push(`nothing was said about what is wrong in \`${place}\``);
    else if (!said.some((text) => text.includes(place)))
      problems.push(`\`${place}\` is not named in: ${said.join(' / ')}`);
  }
  return problems;
}

/** Everything that a source says of its input, be it by reporting or by throwing. A crash is neither. */
async function complaints(build: SourceSubject['build'], options: RawOptions): Promise<string[]> {
  try {
    const { problems, rejected } = await readSource(build(undefined, options));
    return [...problems.map((p) => `${p.message} ${p.place}`), ...rejected.map((r) => `${r.reason} ${r.place}`)];
  } catch (error) {
    const isCrash = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
    if (isCrash && !isPipelineError(error)) throw error;
    return [messageOf(error)];
  }
}
