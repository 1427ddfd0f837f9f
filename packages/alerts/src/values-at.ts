import { isRecord, textOf } from '@misp-pipeline/misp';

/** Values that one alert is taken to observe; a longer list is nobody's alert. */
export const MOST_VALUES = 64;
/** Characters that an observed value may have. */
const LONGEST_VALUE = 8192;

const NOTHING: readonly string[] = [];

/** Texts at a path of names, such as `dns.query.rrname`; lists on the way stand for each of their members. */
export function valuesAt(record: unknown, path: readonly string[]): readonly string[] {
  let reached: readonly unknown[] = [record];
  for (const name of path) {
    reached = reached
      .flatMap((part) => (isRecord(part) && Object.hasOwn(part, name) ? membersOf(part[name]) : []))
      .slice(0, MOST_VALUES);
    // Most alerts have few of all fields, so that this is where most paths end.
    if (reached.length === 0) return NOTHING;
  }
  const values = reached.map(textOf);
  return values.filter((value) => value !== '' && value.length <= LONGEST_VALUE);
}

function membersOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_VALUES) : [value];
}
