import { DOMAIN } from '../../lists/names.ts';
import type { LookUp } from '../../look-up.ts';
import { BELOW_DOMAIN } from '../../patterns.ts';
import { parent } from './parent.ts';

/** Names that clients asked for. */
export const NAMES: readonly LookUp[] = [
  {
    id: 20,
    parent,
    field: 'dns.rrname',
    list: DOMAIN,
    inside: { pattern: BELOW_DOMAIN, id: 500 },
    says: 'DNS query for listed name $(dns.rrname)',
    technique: 'T1071.004',
  },
  {
    id: 22,
    parent,
    field: 'misp.dns_query',
    list: DOMAIN,
    inside: { pattern: BELOW_DOMAIN, id: 520 },
    says: 'DNS query for listed name $(misp.dns_query)',
    technique: 'T1071.004',
  },
  {
    id: 24,
    parent,
    field: 'tls.sni',
    list: DOMAIN,
    inside: { pattern: BELOW_DOMAIN, id: 540 },
    says: 'TLS connection to listed name $(tls.sni)',
    technique: 'T1071.001',
  },
  {
    id: 26,
    parent,
    field: 'http.hostname',
    list: DOMAIN,
    inside: { pattern: BELOW_DOMAIN, id: 560 },
    says: 'HTTP request to listed host $(http.hostname)',
    technique: 'T1071.001',
  },
  {
    id: 28,
    parent,
    field: 'quic.sni',
    list: DOMAIN,
    inside: { pattern: BELOW_DOMAIN, id: 580 },
    says: 'QUIC connection to listed name $(quic.sni)',
    technique: 'T1071.001',
  },
];
