import { CONNECT } from '../lists/names.ts';
import { URL_FULL } from '../lists/web.ts';
import type { LogSource } from '../look-up.ts';
import { squidRecord } from './line-records.ts';

const parent = { groups: 'squid' };

/** The request is logged as a whole URL, or as `host:port` when the client asks for a tunnel. */
export const SQUID: LogSource = {
  id: 'squid',
  title: 'Squid proxy',
  record: squidRecord,
  structured: false,
  lookUps: [
    {
      id: 320,
      parent,
      field: 'url',
      list: URL_FULL,
      says: 'listed URL $(url) requested from a proxy by $(srcip)',
      technique: 'T1071.001',
    },
    {
      id: 322,
      parent,
      field: 'url',
      list: CONNECT,
      says: 'tunnel to listed target $(url) requested from a proxy by $(srcip)',
      technique: 'T1071.001',
    },
  ],
};
