import type { Indicator } from '@misp-pipeline/core';
import { keyFault } from './cdb.ts';
import { networkFault } from './keys/network.ts';
import { LOG_SOURCES } from './log-sources/all.ts';
import { listsOf } from './look-up.ts';

/** Why an indicator is in no list: a countable reason, and what to tell a person. */
export interface Refusal {
  readonly reason: string;
  readonly detail: string;
}

const KINDS = new Set(listsOf(LOG_SOURCES).flatMap((list) => list.kinds));

/** Says why an indicator that no list has a key for is in none. */
export function refusal({ kind, value, port }: Indicator): Refusal {
  if (!KINDS.has(kind)) return { reason: `unsupported:${kind}`, detail: 'no decoded field holds it' };
  if (port !== undefined) return { reason: 'unsupported:port', detail: 'no decoded field holds address and port' };
  const network = kind === 'cidr' ? networkFault(value) : undefined;
  if (network === 'ipv6-network') {
    return { reason: 'unsupported:ipv6-network', detail: 'lists know prefixes of dotted addresses only' };
  }
  if (network === 'too-broad') return { reason: 'too-broad:cidr', detail: 'the network is wider than /8' };
  const fault = keyFault(value);
  if (fault === 'length') return { reason: `too-long:${kind}`, detail: 'a list key has at most 1,024 bytes' };
  if (fault === 'character') {
    return {
      reason: 'unsupported:character',
      detail: 'a list key cannot hold quotation marks or invisible characters',
    };
  }
  return { reason: `unsupported:${kind}`, detail: 'none of the chosen log sources shows it' };
}
