import { expect } from 'vitest';
import { PlacingError } from '../../src/place/error.ts';
import { recoverPlacing } from '../../src/place/recover.ts';
import type { Site } from './site.ts';

/** Expects a refusal that changes nothing, and gives its message and hint. */
export async function refusal(site: Site, placing: Promise<unknown>): Promise<string> {
  const before = site.snapshot();
  const error = await placing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PlacingError)) throw new Error('not refused', { cause: error });
  expect(site.snapshot()).toEqual(before);
  expect(recoverPlacing(site.state)).toBeUndefined();
  return `${error.message}\n${error.hint}`;
}
