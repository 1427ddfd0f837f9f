/**
 * Why a request failed: `refused` the server wants another key (401, 403); `missing` 404 or 410; `rejected` any other
 * 4xx; `unchanged` 304, when only news were asked for; `redirected` any other 3xx, which is never followed; `busy` 429;
 * `failed` 5xx, a timeout or a connection that broke; `unreachable` no connection; `untrusted` the certificate; `invalid`
 * an answer that was cut short or makes no sense; `unexpected` one that contradicts the request; `too-large` a body beyond
 * the limit.
 */
export type HttpFailure =
  | 'refused'
  | 'missing'
  | 'rejected'
  | 'unchanged'
  | 'redirected'
  | 'busy'
  | 'failed'
  | 'unreachable'
  | 'untrusted'
  | 'invalid'
  | 'unexpected'
  | 'too-large';

/** What more is known of some failures. */
export interface HttpErrorDetails {
  /** For `redirected`: the whole address of the target; undefined when the server names none. */
  readonly location?: string | undefined;
  /** For what failed below HTTP: the code of Node, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
  readonly code?: string | undefined;
}

/** A request that failed for good. Holds no header and no secret, and has no cause that does. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly kind: HttpFailure;
  /** Seconds after which the server wants to be asked again. */
  readonly waitSeconds: number | undefined;
  readonly location: string | undefined;
  readonly code: string | undefined;

  constructor(kind: HttpFailure, message: string, waitSeconds?: number, details: HttpErrorDetails = {}) {
    super(message);
    this.kind = kind;
    this.waitSeconds = waitSeconds;
    this.location = details.location;
    this.code = details.code;
  }
}

/** Whether MISP redirects to its login page, which it does while it is down for maintenance. */
export function isMaintenance({ location }: HttpError): boolean {
  return location !== undefined && URL.canParse(location) && new URL(location).pathname.endsWith('/users/login');
}

/** What a status outside 2xx means. */
export function failureOfStatus(status: number): HttpFailure {
  if (status === 304) return 'unchanged';
  if (status >= 300 && status < 400) return 'redirected';
  if (status === 401 || status === 403) return 'refused';
  if (status === 404 || status === 410) return 'missing';
  if (status === 429) return 'busy';
  if (status >= 400 && status < 500 && status !== 408) return 'rejected';
  return 'failed';
}

const NO_CONNECTION = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** What the code of an error of got or Node means. */
export function failureOfCode(code: string): HttpFailure {
  if (NO_CONNECTION.has(code)) return 'unreachable';
  if (/CERT|SIGNATURE|ISSUER|_SSL_|_TLS_/.test(code)) return 'untrusted';
  return 'failed';
}
