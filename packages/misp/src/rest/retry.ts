import type { IncomingHttpHeaders } from 'node:http';
import type { HttpError, HttpFailure } from './http-error.ts';

const LONGEST_BACKOFF = 60;

/** A complete but senseless answer is asked for once more: it may have been cut short. The others may pass by waiting. */
const RETRIES: Partial<Record<HttpFailure, number>> = {
  invalid: 1,
  busy: Number.POSITIVE_INFINITY,
  failed: Number.POSITIVE_INFINITY,
  unreachable: Number.POSITIVE_INFINITY,
};

export interface RetryPolicy {
  /** Further attempts after the first. */
  readonly retries: number;
  /** Seconds before the second attempt; doubles with each further one. */
  readonly retryDelay: number;
  /** The longest wait that a server may ask for, in seconds. */
  readonly maxWait: number;
}

/**
 * Seconds to wait after a failed attempt, counted from 0, or undefined to give up. Half of the back-off is random, so
 * that many clients do not return at once.
 */
export function retryAfter(error: HttpError, attempt: number, policy: RetryPolicy): number | undefined {
  if (attempt >= Math.min(policy.retries, RETRIES[error.kind] ?? 0)) return undefined;
  if (error.waitSeconds !== undefined) return error.waitSeconds <= policy.maxWait ? error.waitSeconds : undefined;
  const backoff = Math.min(policy.retryDelay * 2 ** attempt, LONGEST_BACKOFF);
  return backoff / 2 + (Math.random() * backoff) / 2;
}

/** Seconds that a server asks to wait: MISP says it in X-Rate-Limit-Reset, others in Retry-After (RFC 9110). */
export function waitOf(headers: IncomingHttpHeaders): number | undefined {
  const text = String(headers['x-rate-limit-reset'] ?? headers['retry-after'] ?? '').trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const seconds = (Date.parse(text) - Date.parse(headers.date ?? '')) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
