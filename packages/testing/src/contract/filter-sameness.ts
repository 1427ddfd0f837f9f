import { applyFilter, type Filtered } from '../apply-filter.ts';
import type { Check, Problems } from './check.ts';
import type { FilterSubject } from './filter-subject.ts';

/** The verdict on an indicator depends on the indicator alone. */
export const samenessChecks: readonly Check<FilterSubject>[] = [
  { name: 'decides the same when the batch is split', problems: splitting },
  { name: 'decides the same whatever the order', problems: reordering },
  { name: 'decides the same in the next run', problems: repeating },
];

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
