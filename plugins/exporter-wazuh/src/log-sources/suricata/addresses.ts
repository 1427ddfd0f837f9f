import { IP_DESTINATION, IP_SOURCE, NETWORK_DESTINATION, NETWORK_SOURCE } from '../../lists/addresses.ts';
import type { LookUp } from '../../look-up.ts';
import { parent } from './parent.ts';

/** Both ends of a connection. */
export const ADDRESSES: readonly LookUp[] = [
  {
    id: 40,
    parent,
    field: 'dest_ip',
    list: IP_DESTINATION,
    says: 'traffic to listed address $(dest_ip)',
    technique: 'T1071',
  },
  { id: 42, parent, field: 'src_ip', list: IP_SOURCE, says: 'traffic from listed address $(src_ip)' },
  {
    id: 44,
    parent,
    field: 'dest_ip',
    list: NETWORK_DESTINATION,
    says: 'traffic to $(dest_ip) in a listed network',
    technique: 'T1071',
  },
  { id: 46, parent, field: 'src_ip', list: NETWORK_SOURCE, says: 'traffic from $(src_ip) in a listed network' },
];
