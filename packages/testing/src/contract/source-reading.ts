import type { Batch, Indicator } from '@misp-pipeline/core';
import { readSource, type SourceReading } from '../read-source.ts';
import type { Check, Problems } from './check.ts';
import { indicatorProblems } from './indicator-form.ts';
import type { SourceSubject, SourceTotals } from './source-subject.ts';

/** What a source has to hand on, and to say of the rest, when it is read to its end. */
export const readingChecks: readonly Check<SourceSubject>[] = [
  { name: 'hands on what its case expects', problems: totals },
  { name: 'hands on no empty batch', problems: emptyBatches },
  { name: 'hands on canonical indicators with complete, single origins', problems: formOfIndicators },
  { name: 'accounts for every record, once', problems: accounts },
  { name: 'says in a countable way why a record became nothing, and where it stands', problems: formOfRejections },
  { name: 'hands on the same when it is read again', problems: readsTheSame },
  { name: 'shares one event object among the indicators of an event', problems: sharesEvents },
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
