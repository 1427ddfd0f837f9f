import { HASSH, JA3 } from '../../lists/fingerprints.ts';
import { USER_AGENT } from '../../lists/web.ts';
import type { LookUp } from '../../look-up.ts';
import { parent } from './parent.ts';

/** What tells a client: user agents and fingerprints, some of them by packages of Zeek. */
export const CLIENTS: readonly LookUp[] = [
  {
    id: 430,
    parent,
    field: 'user_agent',
    list: USER_AGENT,
    says: 'HTTP request by listed user agent $(user_agent)',
    technique: 'T1071.001',
  },
  {
    id: 432,
    parent,
    field: 'ja3',
    list: JA3,
    says: 'TLS client with listed JA3 $(ja3)',
    technique: 'T1071.001',
  },
  {
    id: 434,
    parent,
    field: 'ja4',
    list: JA3,
    says: 'TLS client with listed JA4 $(ja4)',
    technique: 'T1071.001',
  },
  {
    id: 436,
    parent,
    field: 'hassh',
    list: HASSH,
    says: 'SSH client with listed HASSH $(hassh)',
    technique: 'T1021.004',
  },
];
