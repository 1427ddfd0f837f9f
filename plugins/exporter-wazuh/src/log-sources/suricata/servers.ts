import { CERTIFICATE_COLONS, HASSH_SERVER } from '../../lists/fingerprints.ts';
import type { LookUp } from '../../look-up.ts';
import { parent } from './parent.ts';

/** What tells a server: certificates and fingerprints. */
export const SERVERS: readonly LookUp[] = [
  {
    id: 58,
    parent,
    field: 'tls.fingerprint',
    list: CERTIFICATE_COLONS,
    says: 'TLS server with listed certificate $(tls.fingerprint)',
    technique: 'T1071.001',
  },
  {
    id: 62,
    parent,
    field: 'ssh.server.hassh.hash',
    list: HASSH_SERVER,
    says: 'SSH server with listed HASSH $(ssh.server.hassh.hash)',
    technique: 'T1021.004',
  },
];
