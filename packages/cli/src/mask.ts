import { redact } from '@misp-pipeline/core';

/** What stands where a long text was cut off. */
const CUT = '...';

/** Below, masking would hide letters of other words, and keep nothing secret. */
export const SHORTEST_SECRET = 4;

/** A text without the secrets, and without the beginning of one where the text was cut. The longest have to come first. */
export function mask(text: string, secrets: readonly string[]): string {
  const clean = redact(text, secrets);
  if (!clean.includes(CUT)) return clean;
  return redact(
    clean,
    secrets.flatMap(beginnings).filter((beginning) => clean.includes(beginning)),
  );
}

/** The beginnings of a secret as they stand in a text that was cut, the longest first. */
function beginnings(secret: string): string[] {
  const count = Math.max(0, secret.length - SHORTEST_SECRET);
  return Array.from({ length: count }, (_, i) => secret.slice(0, secret.length - 1 - i) + CUT);
}
