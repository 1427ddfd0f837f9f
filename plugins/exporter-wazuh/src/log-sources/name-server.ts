import { DOMAIN, DOMAIN_DOT } from '../lists/names.ts';
import type { LogSource } from '../look-up.ts';
import { BELOW_DOMAIN } from '../patterns.ts';
import { unboundRecord } from './line-records.ts';

/** The stock decoder of Unbound cuts the final dot off names in queries for A records, not for AAAA. */
export const NAME_SERVER: LogSource = {
  id: 'dns',
  title: 'query log of BIND and Unbound',
  record: unboundRecord,
  structured: false,
  lookUps: [
    {
      id: 340,
      parent: { groups: 'named|unbound' },
      field: 'url',
      list: DOMAIN,
      inside: { pattern: BELOW_DOMAIN, id: 640 },
      says: 'DNS query for listed name $(url) by $(srcip)',
      technique: 'T1071.004',
    },
    {
      id: 342,
      parent: { groups: 'unbound' },
      field: 'url',
      list: DOMAIN_DOT,
      says: 'DNS query for listed name $(url) by $(srcip)',
      technique: 'T1071.004',
    },
  ],
};
