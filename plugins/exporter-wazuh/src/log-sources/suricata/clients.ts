import { HASSH, JA3 } from '../../lists/fingerprints.ts';
import { COOKIE, USER_AGENT } from '../../lists/web.ts';
import type { LookUp } from '../../look-up.ts';
import { parent } from './parent.ts';

/** What tells a client: user agents, cookies and fingerprints. */
export const CLIENTS: readonly LookUp[] = [
  {
    id: 30,
    parent,
    field: 'http.http_user_agent',
    list: USER_AGENT,
    says: 'HTTP request by listed user agent $(http.http_user_agent)',
    technique: 'T1071.001',
  },
  {
    id: 32,
    parent,
    field: 'http.cookie',
    list: COOKIE,
    says: 'HTTP request with listed cookie $(http.cookie)',
    technique: 'T1071.001',
  },
  {
    id: 50,
    parent,
    field: 'tls.ja3.hash',
    list: JA3,
    says: 'TLS client with listed JA3 $(tls.ja3.hash)',
    technique: 'T1071.001',
  },
  {
    id: 52,
    parent,
    field: 'tls.ja4',
    list: JA3,
    says: 'TLS client with listed JA4 $(tls.ja4)',
    technique: 'T1071.001',
  },
  {
    id: 54,
    parent,
    field: 'quic.ja3.hash',
    list: JA3,
    says: 'QUIC client with listed JA3 $(quic.ja3.hash)',
    technique: 'T1071.001',
  },
  {
    id: 56,
    parent,
    field: 'quic.ja4',
    list: JA3,
    says: 'QUIC client with listed JA4 $(quic.ja4)',
    technique: 'T1071.001',
  },
  {
    id: 60,
    parent,
    field: 'ssh.client.hassh.hash',
    list: HASSH,
    says: 'SSH client with listed HASSH $(ssh.client.hassh.hash)',
    technique: 'T1021.004',
  },
];
