import { DOMAIN } from '../../lists/names.ts';
import type { LookUp } from '../../look-up.ts';
import { BELOW_DOMAIN } from '../../patterns.ts';
import { parent } from './parent.ts';

/** Names that clients asked for. */
export const NAMES: readonly LookUp[] = [
  {
    id: 420,
    parent,
    field: 'query',
    list: DOMAIN,
    inside: { pattern: BELOW_DOMAIN, id: 660 },
    says: 'DNS query for listed name $(query)',
    technique: 'T1071.004',
  },
  {
    id: 422,
    parent,
    field: 'server_name',
    list: DOMAIN,
    inside: { pattern: BELOW_DOMAIN, id: 680 },
    says: 'TLS connection to listed name $(server_name)',
    technique: 'T1071.001',
  },
  {
    id: 424,
    parent,
    field: 'host',
    list: DOMAIN,
    inside: { pattern: BELOW_DOMAIN, id: 700 },
    says: 'HTTP request to listed host $(host)',
    technique: 'T1071.001',
  },
];
