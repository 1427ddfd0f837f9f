import type { Runs } from './measure.ts';
import { times, whole } from './table.ts';

/** What reading a million attributes from a server may cost, and how much more ten times the input may take. */
const LIMITS = { ratio: 4, megabytes: 1200, growth: 12 };

/** Limits that the first runs do not hold. */
export function missedLimits(all: readonly Runs[]): string[] {
  return all.flatMap(({ input, attributes, floor, first }) => {
    const name = `${input}, ${whole(attributes)}`;
    const missed: string[] = [];
    const ratio = first.seconds / floor.seconds;
    if (input === 'misp' && attributes >= 1_000_000 && ratio > LIMITS.ratio) {
      missed.push(`${name}: ${times(ratio)} the floor, more than ${LIMITS.ratio}x`);
    }
    if (first.peak > LIMITS.megabytes) missed.push(`${name}: ${whole(first.peak)} MB, more than ${LIMITS.megabytes}`);
    const tenth = all.find((other) => other.input === input && other.attributes * 10 === attributes);
    const growth = tenth === undefined ? 0 : first.seconds / tenth.first.seconds;
    if (growth > LIMITS.growth)
      missed.push(`${name}: ${times(growth)} the time of a tenth, more than ${LIMITS.growth}x`);
    return missed;
  });
}
