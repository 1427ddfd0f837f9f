import { IP_DESTINATION, IP_SOURCE, NETWORK_DESTINATION, NETWORK_SOURCE } from '../../lists/addresses.ts';
import type { LookUp } from '../../look-up.ts';
import { parent } from './parent.ts';

/** Both ends of a connection. */
export const ADDRESSES: readonly LookUp[] = [
  {
    id: 440,
    parent,
    field: 'id.resp_h',
    list: IP_DESTINATION,
    says: 'traffic to listed address $(id.resp_h)',
    technique: 'T1071',
  },
  { id: 442, parent, field: 'id.orig_h', list: IP_SOURCE, says: 'traffic from listed address $(id.orig_h)' },
  {
    id: 444,
    parent,
    field: 'id.resp_h',
    list: NETWORK_DESTINATION,
    says: 'traffic to $(id.resp_h) in a listed network',
    technique: 'T1071',
  },
  {
    id: 446,
    parent,
    field: 'id.orig_h',
    list: NETWORK_SOURCE,
    says: 'traffic from $(id.orig_h) in a listed network',
  },
];
