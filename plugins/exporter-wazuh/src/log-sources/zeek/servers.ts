import { CERTIFICATE, HASSH_SERVER } from '../../lists/fingerprints.ts';
import type { LookUp } from '../../look-up.ts';
import { parent } from './parent.ts';

/** What tells a server: certificates, which are logged as files, and fingerprints. */
export const SERVERS: readonly LookUp[] = [
  {
    id: 418,
    parent,
    field: 'sha1',
    list: CERTIFICATE,
    says: 'TLS server with listed certificate $(sha1)',
    technique: 'T1071.001',
  },
  {
    id: 426,
    parent,
    field: 'md5',
    list: CERTIFICATE,
    says: 'TLS server with listed certificate $(md5)',
    technique: 'T1071.001',
  },
  {
    id: 438,
    parent,
    field: 'hasshServer',
    list: HASSH_SERVER,
    says: 'SSH server with listed HASSH $(hasshServer)',
    technique: 'T1021.004',
  },
];
