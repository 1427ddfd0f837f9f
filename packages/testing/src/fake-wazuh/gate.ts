import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { ReceivedRequest } from '../loopback.ts';
import { problem, type WazuhAnswer } from './answer.ts';

export interface GateOptions {
  readonly user: string;
  readonly password: string;
  /** Seconds that a token is valid. */
  readonly tokenSeconds: number;
  readonly requestsPerMinute: number;
  /** Milliseconds of a clock. */
  readonly now: () => number;
}

const MINUTE = 60_000;

/** What stands before all else: the number of requests in a minute, and who asks. */
export class FakeGate {
  /** How often somebody logged in. */
  logins = 0;
  /** Every token that was given. */
  readonly tokens: string[] = [];
  readonly #options: GateOptions;
  readonly #ends = new Map<string, number>();
  #minute = -Infinity;
  #requests = 0;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Answers a login, and whoever may not ask; undefined for a request that goes on. */
  answer({ method, path, headers: { authorization = '' } }: ReceivedRequest): WazuhAnswer | undefined {
    if (this.#isTooMuch()) {
      return problem(429, 'Too Many Requests', {
        code: 6001,
        message: 'Maximum number of requests per minute reached',
      });
    }
    if (path.startsWith('/security/user/authenticate')) return this.#login(method, path, authorization);
    const end = this.#ends.get(authorization.replace(/^Bearer /, '')) ?? -Infinity;
    return this.#options.now() < end ? undefined : unauthorized('Invalid token');
  }

  /** Makes all tokens invalid, as a change of the server's security settings does. */
  revoke(): void {
    this.#ends.clear();
  }

  #isTooMuch(): boolean {
    const now = this.#options.now();
    if (now - this.#minute >= MINUTE) {
      this.#minute = now;
      this.#requests = 0;
    }
    return ++this.#requests > this.#options.requestsPerMinute;
  }

  #login(method: string, path: string, authorization: string): WazuhAnswer {
    const { user, password, now, tokenSeconds } = this.#options;
    const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    if (method !== 'POST' || !isSame(authorization, wanted)) return unauthorized('Invalid credentials');
    const token = `eyJ${randomBytes(24).toString('base64url')}`;
    this.logins++;
    this.tokens.push(token);
    this.#ends.set(token, now() + tokenSeconds * 1000);
    return { status: 200, body: path.includes('raw=true') ? token : { data: { token }, error: 0 } };
  }
}

function unauthorized(message: string): WazuhAnswer {
  return problem(401, 'Unauthorized', { code: 401, message });
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
