import { z } from 'zod';

const SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 };

/** An option for a span of time, such as `7d` or `12h`. */
export const span = () =>
  z.string().regex(/^[1-9]\d{0,5}[dhms]$/, 'write a number and one of d, h, m or s, such as `7d`');

/** One that may also be no time at all, `0s`. */
export const spanOrNone = () => z.union([z.literal('0s'), span()]);

/** Seconds of such a span. */
export function secondsOfSpan(text: string): number {
  return Number.parseInt(text, 10) * (SECONDS[text.slice(-1)] ?? 0);
}
