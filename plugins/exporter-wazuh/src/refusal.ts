import type { Indicator } from '@misp-pipeline/core';
import { keyFault } from './cdb.ts';
import { COVERAGE } from './coverage.ts';
import { type Delivery, TAKES_KEY } from './delivery.ts';
import { networkFault } from './keys/network.ts';
import { registryFault } from './keys/registry.ts';

/** Why an indicator is in no list: a countable reason, and what to tell a person. */
export interface Refusal {
  readonly reason: string;
  readonly detail: string;
}

const NETWORKS = {
  'ipv6-network': { reason: 'unsupported:ipv6-network', detail: 'lists know prefixes of dotted addresses only' },
  'too-broad': { reason: 'too-broad:cidr', detail: 'the network is wider than /8' },
} as const;

const REGISTRY = {
  'user-hive': { reason: 'unsupported:user-hive', detail: 'logs name the hive of a user by a number' },
  'registry-data': { reason: 'unsupported:registry-data', detail: 'no list can hold a key together with its data' },
} as const;

const ROOT_PATH = { reason: 'too-broad:uri', detail: 'each site has this path' };
const PART_OF_PATH = { reason: 'unsupported:relative-uri', detail: 'requests are logged with their whole path' };

const API_CHARACTER = { reason: 'unsupported:api', detail: "the manager's API takes no such key of a list" };

/** Says why an indicator that no list has a key for is in none. */
export function refusal(indicator: Indicator, delivery: Delivery): Refusal {
  const { kind, value, port } = indicator;
  const support = COVERAGE[kind];
  if ('unsupported' in support) return { reason: `unsupported:${kind}`, detail: support.unsupported };
  if (port !== undefined) return { reason: 'unsupported:port', detail: 'no decoded field holds address and port' };
  const fault = keyFault(value);
  if (fault === 'length') return { reason: `too-long:${kind}`, detail: 'a list key has at most 1,024 bytes' };
  if (fault === 'character') {
    return {
      reason: 'unsupported:character',
      detail: 'a list key cannot hold quotation marks or invisible characters',
    };
  }
  const formFault = formRefusal(indicator);
  if (formFault !== undefined) return formFault;
  if (!TAKES_KEY[delivery](value)) return API_CHARACTER;
  return { reason: `unsupported:${kind}`, detail: 'none of the chosen log sources shows it' };
}

/** What of the form of a value keeps it from being looked up. */
function formRefusal({ kind, value }: Indicator): Refusal | undefined {
  if (kind === 'cidr') {
    const fault = networkFault(value);
    return fault && NETWORKS[fault];
  }
  if (kind === 'regkey') {
    const fault = registryFault(value);
    return fault && REGISTRY[fault];
  }
  if (kind !== 'uri') return undefined;
  return value === '/' ? ROOT_PATH : value.startsWith('/') ? undefined : PART_OF_PATH;
}
