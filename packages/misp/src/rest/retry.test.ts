import { describe, expect, it } from 'vitest';
import { HttpError } from './http-error.ts';
import { retryAfter, waitOf } from './retry.ts';

const policy = { retries: 4, retryDelay: 1, maxWait: 900 };

describe('retryAfter', () => {
  it('waits twice as long each time, half of it by chance', () => {
    const failed = new HttpError('failed', 'broken');
    for (const [attempt, longest] of [1, 2, 4, 8].entries()) {
      const wait = retryAfter(failed, attempt, policy);
      expect(wait).toBeGreaterThanOrEqual(longest / 2);
      expect(wait).toBeLessThanOrEqual(longest);
    }
  });

  it('gives up after the last attempt', () => {
    expect(retryAfter(new HttpError('failed', 'broken'), 4, policy)).toBeUndefined();
  });

  it('never waits longer than a minute on its own account', () => {
    expect(retryAfter(new HttpError('failed', 'broken'), 19, { ...policy, retries: 20 })).toBeLessThanOrEqual(60);
  });

  it('asks once more after a senseless answer, whatever the number of attempts', () => {
    const invalid = new HttpError('invalid', 'cut short');
    expect(retryAfter(invalid, 0, policy)).toBeGreaterThan(0);
    expect(retryAfter(invalid, 1, policy)).toBeUndefined();
    expect(retryAfter(invalid, 0, { ...policy, retries: 0 })).toBeUndefined();
  });

  it.each(['refused', 'missing', 'rejected', 'redirected', 'untrusted', 'unexpected', 'too-large'] as const)(
    'does not repeat a request that is %s',
    (kind) => expect(retryAfter(new HttpError(kind, 'no'), 0, policy)).toBeUndefined(),
  );

  it('waits as long as the server asks, but no longer than allowed', () => {
    expect(retryAfter(new HttpError('busy', 'later', 899), 0, policy)).toBe(899);
    expect(retryAfter(new HttpError('busy', 'later', 901), 0, policy)).toBeUndefined();
  });
});

describe('waitOf', () => {
  it('reads the seconds of MISP before those of the proxy', () => {
    expect(waitOf({ 'x-rate-limit-reset': '899', 'retry-after': '5' })).toBe(899);
    expect(waitOf({ 'retry-after': '5' })).toBe(5);
  });

  it('counts a date from the date of the answer', () => {
    const headers = { date: 'Tue, 24 Nov 2026 03:21:00 GMT', 'retry-after': 'Tue, 24 Nov 2026 03:21:30 GMT' };
    expect(waitOf(headers)).toBe(30);
  });

  it('knows nothing from nonsense', () => {
    expect(waitOf({})).toBeUndefined();
    expect(waitOf({ 'retry-after': 'soon' })).toBeUndefined();
    expect(waitOf({ 'x-rate-limit-reset': '-1' })).toBeUndefined();
  });
});
