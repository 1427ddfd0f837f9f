import type { Direction } from '@misp-pipeline/core';
import type { Observed } from './alert.ts';
import type { Sight } from './sights.ts';
import { MOST_VALUES, valuesAt } from './values-at.ts';

/** A field of a record in which values are observed. */
export interface Field {
  readonly name: string;
  readonly path: readonly string[];
  readonly sights: readonly Sight[];
  readonly direction?: Direction | undefined;
  /** Splits a text that holds several values. */
  readonly split?: ((text: string) => readonly string[]) | undefined;
}

export function field(name: string, ...sights: readonly Sight[]): Field {
  return { name, path: name.split('.'), sights };
}

export function address(name: string, direction: Direction): Field {
  return { ...field(name, 'address'), direction };
}

/** What a record shows in some fields. */
export function observedIn(record: unknown, fields: readonly Field[]): readonly Observed[] {
  const observed = fields.flatMap(({ name, path, sights, direction, split }) => {
    // Zeek's names have dots of their own.
    const texts = path.length === 1 ? valuesAt(record, path) : [...valuesAt(record, path), ...valuesAt(record, [name])];
    if (texts.length === 0) return [];
    const values = texts.flatMap((text) => split?.(text) ?? [text]);
    return values.flatMap((value) =>
      sights.map((sight) => ({ field: name, value, sight, ...(direction === undefined ? {} : { direction }) })),
    );
  });
  return observed.slice(0, MOST_VALUES);
}
