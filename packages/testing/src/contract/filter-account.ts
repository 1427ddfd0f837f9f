import { type Indicator, indicatorKey } from '@misp-pipeline/core';
import { applyFilter } from '../apply-filter.ts';
import { type Check, type Problems, REASON } from './check.ts';
import type { FilterSubject } from './filter-subject.ts';
import { indicatorProblems } from './indicator-form.ts';

/** No indicator disappears, appears or changes. */
export const accountChecks: readonly Check<FilterSubject>[] = [
  { name: 'passes on or drops each indicator, once, and changes none', problems: balances },
  { name: 'drops for countable reasons, those of its case among them', problems: formOfReasons },
  { name: 'keeps the order', problems: keepsOrder },
  { name: 'passes on indicators in canonical form with their origins', problems: formOfIndicators },
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

async function emptyBatch({ build }: FilterSubject): Promise<Problems> {
  const { kept, dropped } = await applyFilter(build(), []);
  return kept.length + dropped.length === 0 ? [] : [`${kept.length} kept and ${dropped.length} dropped of none`];
}
