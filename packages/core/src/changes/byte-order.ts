import type { Indicator } from '../indicator.ts';

const BEYOND_ASCII_ORDER = /[\uD800-\uFFFF]/;

/** Order of two texts by their bytes in UTF-8, which is how the history sorts. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return weightOf(x) - weightOf(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for characters above all others but have smaller codes than some. */
function weightOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/**
 * The same indicators in the order of direction, port and value by byte. They come sorted by code unit, which is the same
 * but for characters that hardly any value holds.
 */
export function inByteOrder(indicators: readonly Indicator[]): readonly Indicator[] {
  if (!indicators.some(({ value }) => BEYOND_ASCII_ORDER.test(value))) return indicators;
  return [...indicators].sort(compareKeys);
}

interface Key {
  readonly direction: string | undefined;
  readonly port: number | undefined;
  readonly value: string;
}

/** Order of two of the same kind. */
export function compareKeys(a: Key, b: Key): number {
  return (
    compareBytes(a.direction ?? '', b.direction ?? '') ||
    (a.port ?? 0) - (b.port ?? 0) ||
    (a.value === b.value ? 0 : compareBytes(a.value, b.value))
  );
}
