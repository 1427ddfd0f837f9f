import { type Indicator, indicatorKey, type OptionsSchema } from '@misp-pipeline/core';
import { applyFilter, type Filtered } from '../apply-filter.ts';
import { everyKind } from '../corpus/every-kind.ts';
import { hostileIndicators } from '../corpus/hostile.ts';
import { deepFreeze } from '../deep-freeze.ts';
import { type Check, declareChecks, type Problems, REASON } from './check.ts';
import { definitionChecks } from './definition-contract.ts';
import { indicatorProblems } from './indicator-form.ts';
import { type ContractCase, type PluginOf, type Subject, subjectOf } from './subject.ts';

/** What a filter suite may be told besides the options. */
export interface FilterCase extends ContractCase {
  /** Indicators to filter besides the corpus, such as some that are dropped and some that are annotated. */
  readonly indicators?: readonly Indicator[];
  /** Reasons that have to occur, so that the suite does not pass over a filter that never drops. */
  readonly reasons?: readonly string[];
}

interface FilterSubject extends Subject<'filter'> {
  readonly reasons: readonly string[];
  /** Deep-frozen, so that changing one throws. */
  readonly batch: readonly Indicator[];
}

/** Declares the vitest cases that every filter has to pass. */
export function filterContract<S extends OptionsSchema>(plugin: PluginOf<'filter', S>, given: FilterCase): void {
  declareChecks(`filter ${plugin.name}`, [...definitionChecks, ...filterChecks], filterSubject(plugin, given));
}

export function filterSubject<S extends OptionsSchema>(
  plugin: PluginOf<'filter', S>,
  given: FilterCase,
): FilterSubject {
  const { indicators = [], reasons = [] } = given;
  const batch = deepFreeze([...indicators, ...everyKind(), ...hostileIndicators()]);
  return { ...subjectOf(plugin, given), reasons, batch };
}

/** What every filter has to keep. */
export const filterChecks: readonly Check<FilterSubject>[] = [
  { name: 'passes on or drops each indicator, once, and changes none', problems: balances },
  { name: 'drops for countable reasons, those of its case among them', problems: formOfReasons },
  { name: 'keeps the order', problems: keepsOrder },
  { name: 'passes on indicators in canonical form with their origins', problems: formOfIndicators },
  { name: 'decides the same when the batch is split', problems: splitting },
  { name: 'decides the same whatever the order', problems: reordering },
  { name: 'decides the same in the next run', problems: repeating },
  { name: 'makes nothing out of nothing', problems: emptyBatch },
];

async function balances({ build, batch }: FilterSubject): Promise<Problems> {
  const { kept, dropped } = await applyFilter(build(), batch);
  const problems: string[] = [];
  const balance = new Map<string, number>();
  for (const indicator of batch) count(balance, indicator, 1);
  for (const indicator of kept) count(balance, indicator, -1);
  const given = new Set(batch);
  const seen = new Set<Indicator>();
  for (const { indicator } of dropped) {
    count(balance, indicator, -1);
    if (!given.has(indicator))
      problems.push(`dropped \`${nameOf(indicator)}\`, a copy: drop wants the one it was given`);
    if (seen.has(indicator)) problems.push(`dropped \`${nameOf(indicator)}\` twice`);
    seen.add(indicator);
  }
  for (const [key, left] of balance) {
    if (left > 0) problems.push(`lost \`${key}\``);
    if (left < 0) problems.push(`made \`${key}\` out of nothing, or both kept and dropped it`);
  }
  return problems;
}

function count(balance: Map<string, number>, indicator: Indicator, step: number): void {
  const name = nameOf(indicator);
  balance.set(name, (balance.get(name) ?? 0) + step);
}

function nameOf(indicator: Indicator): string {
  return indicatorKey(indicator).slice(0, 200);
}

async function formOfReasons({ build, batch, reasons }: FilterSubject): Promise<Problems> {
  const { dropped } = await applyFilter(build(), batch);
  const given = new Set(dropped.map(({ reason }) => reason));
  return [
    ...[...given].filter((reason) => !REASON.test(reason)).map((reason) => `reason \`${reason}\``),
    ...reasons.filter((reason) => !given.has(reason)).map((reason) => `nothing was dropped for \`${reason}\``),
  ];
}

async function keepsOrder({ build, batch }: FilterSubject): Promise<Problems> {
  const { kept } = await applyFilter(build(), batch);
  const keys = batch.map(indicatorKey);
  let from = 0;
  for (const indicator of kept) {
    const at = keys.indexOf(indicatorKey(indicator), from);
    if (at < 0) return [`\`${nameOf(indicator)}\` does not stand where it stood`];
    from = at + 1;
  }
  return [];
}

async function formOfIndicators({ build, batch }: FilterSubject): Promise<Problems> {
  const { kept } = await applyFilter(build(), batch);
  const origins = new Set(batch.flatMap((indicator) => indicator.origins));
  return kept.flatMap((indicator) => [
    ...indicatorProblems(indicator),
    ...indicator.origins.filter((o) => !origins.has(o)).map(() => `\`${nameOf(indicator)}\` has an origin of its own`),
  ]);
}

async function splitting({ build, batch }: FilterSubject): Promise<Problems> {
  const whole = verdicts(await applyFilter(build(), batch));
  const middle = Math.floor(batch.length / 2);
  const halves = verdicts(await applyFilter(build(), batch.slice(0, middle), batch.slice(middle)));
  const singles = verdicts(await applyFilter(build(), ...batch.map((indicator) => [indicator])));
  return [...differences('in two batches', whole, halves), ...differences('one by one', whole, singles)];
}

async function reordering({ build, batch }: FilterSubject): Promise<Problems> {
  const forth = verdicts(await applyFilter(build(), batch));
  const back = verdicts(await applyFilter(build(), [...batch].reverse()));
  return differences('backwards', forth, back);
}

async function repeating({ build, services, batch }: FilterSubject): Promise<Problems> {
  const own = services();
  const first = verdicts(await applyFilter(build(own), batch));
  const next = verdicts(await applyFilter(build(own), batch));
  const afresh = verdicts(await applyFilter(build(), batch));
  return [...differences('in the next run', first, next), ...differences('on a new machine', first, afresh)];
}

async function emptyBatch({ build }: FilterSubject): Promise<Problems> {
  const { kept, dropped } = await applyFilter(build(), []);
  return kept.length + dropped.length === 0 ? [] : [`${kept.length} kept and ${dropped.length} dropped of none`];
}

/** One line for each indicator, sorted: what became of it. */
function verdicts({ kept, dropped }: Filtered): readonly string[] {
  const lines = kept.map((indicator) => `kept ${JSON.stringify(indicator)}`);
  for (const { indicator, reason, detail } of dropped) lines.push(`${reason} ${detail} ${JSON.stringify(indicator)}`);
  return lines.sort();
}

function differences(how: string, wanted: readonly string[], found: readonly string[]): string[] {
  const at = wanted.findIndex((line, i) => line !== found[i]);
  if (at < 0 && wanted.length === found.length) return [];
  const shown = (line = 'nothing') => line.slice(0, 200);
  return [`${how}: \`${shown(found[at])}\` instead of \`${shown(wanted[at])}\``];
}
