import { createHash, timingSafeEqual } from 'node:crypto';
import type { Ceiling } from '@misp-pipeline/lookup';
import type { ServeOptions, TokenOptions } from '../options.ts';

/** Somebody who may ask. */
export interface Caller {
  /** Name of the token; undefined where none is needed. */
  readonly token: string | undefined;
  readonly ceiling: Ceiling;
  /** Requests a minute. */
  readonly rate: number;
  readonly mayReadMetrics: boolean;
}

interface Holder extends Caller {
  readonly digest: Buffer;
}

const BEARER = /^Bearer +([\x21-\x7e]{1,512})$/i;

/** Knows who may ask, by the tokens of the config. */
export class Callers {
  readonly #holders: readonly Holder[];
  readonly #anybody: Caller | undefined;

  constructor({ tokens, max, unmarked, rate }: ServeOptions) {
    this.#holders = Object.entries(tokens).map(([token, one]) => ({
      ...{ token, ceiling: { max: one.max, unmarked }, rate: one.rate ?? rate, mayReadMetrics: one.metrics },
      digest: digestOf(one),
    }));
    const anybody = { token: undefined, ceiling: { max, unmarked }, rate, mayReadMetrics: true };
    this.#anybody = this.#holders.length === 0 ? anybody : undefined;
  }

  /** Whether nobody needs a token. */
  get isOpen(): boolean {
    return this.#anybody !== undefined;
  }

  /** Who asks with this `Authorization` header. Takes as long whether, and which, token is known. */
  callerOf(authorization: string | undefined): Caller | undefined {
    if (this.#anybody !== undefined) return this.#anybody;
    const given = sha256(BEARER.exec(authorization ?? '')?.[1] ?? '');
    const matches = this.#holders.filter(({ digest }) => timingSafeEqual(digest, given));
    return matches[0];
  }
}

/** SHA-256 of a token of the config. */
export function digestOf({ token, sha256: digest = '' }: TokenOptions): Buffer {
  return token === undefined ? Buffer.from(digest, 'hex') : sha256(token.reveal());
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
