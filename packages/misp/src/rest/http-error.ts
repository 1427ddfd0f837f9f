/**
 * Why a request failed: `refused` the server wants another key (401, 403); `missing` 404 or 410; `rejected` any other
 * 4xx; `redirected` 3xx, which is never followed; `busy` 429; `failed` 5xx, a timeout or a connection that broke;
 * `unreachable` no connection; `untrusted` the certificate; `invalid` an answer that was cut short or makes no sense;
 * `unexpected` one that contradicts the request; `too-large` a body beyond the limit.
 */
export type HttpFailure =
  | 'refused'
  | 'missing'
  | 'rejected'
  | 'redirected'
  | 'busy'
  | 'failed'
  | 'unreachable'
  | 'untrusted'
  | 'invalid'
  | 'unexpected'
  | 'too-large';

/** A request that failed for good. Holds no header and no secret, and has no cause that does. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly kind: HttpFailure;
  /** Seconds after which the server wants to be asked again. */
  readonly waitSeconds: number | undefined;

  constructor(kind: HttpFailure, message: string, waitSeconds?: number) {
    super(message);
    this.kind = kind;
    this.waitSeconds = waitSeconds;
  }
}
