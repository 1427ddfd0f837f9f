import type { IndicatorIdentity } from '../indicator.ts';
import { hashOf, mixed, TextHashes } from './hash.ts';

/** What tells indicators apart, as two independent numbers of 32 bits. */
export interface KeyHash {
  /** Of kind, direction, port and value. */
  readonly key: number;
  /** Of the value alone. */
  readonly value: number;
}

const SEED = 0x2f0b4c47;
const words = new TextHashes();

export function keyHashOf({ kind, direction, port, value }: IndicatorIdentity): KeyHash {
  const slot = mixed(mixed(words.of(kind), words.of(direction ?? '')), port ?? 0);
  return { key: mixed(slot, hashOf(value, SEED)), value: hashOf(value) };
}
