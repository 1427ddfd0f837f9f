import { IP_SOURCE, NETWORK_SOURCE } from '../lists/addresses.ts';
import type { LogSource } from '../look-up.ts';
import { accessRecord } from './line-records.ts';

const parent = { groups: 'accesslog' };

/** Only the client: the paths in these logs are those of the own server, not of a listed URL. */
export const WEB_SERVER: LogSource = {
  id: 'web',
  title: 'access log of a web server',
  record: accessRecord,
  structured: false,
  lookUps: [
    {
      id: 240,
      parent,
      field: 'srcip',
      list: IP_SOURCE,
      says: 'web request from listed address $(srcip)',
      technique: 'T1190',
    },
    {
      id: 242,
      parent,
      field: 'srcip',
      list: NETWORK_SOURCE,
      says: 'web request from $(srcip) in a listed network',
      technique: 'T1190',
    },
  ],
};
