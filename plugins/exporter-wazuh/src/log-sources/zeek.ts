import type { LogSource } from '../look-up.ts';
import { zeekRecord } from './json-records.ts';
import { ADDRESSES } from './zeek/addresses.ts';
import { CLIENTS } from './zeek/clients.ts';
import { FILES } from './zeek/files.ts';
import { MAIL } from './zeek/mail.ts';
import { NAMES } from './zeek/names.ts';
import { SERVERS } from './zeek/servers.ts';
import { WEB } from './zeek/web.ts';

export const ZEEK: LogSource = {
  id: 'zeek',
  title: 'Zeek logs as JSON',
  record: zeekRecord,
  structured: true,
  grouping: {
    id: 400,
    decoder: 'json',
    fields: [
      { name: 'uid', matches: '^.' },
      { name: 'id.orig_h', matches: '^.' },
    ],
    says: 'Zeek events',
  },
  lookUps: [...WEB, ...FILES, ...NAMES, ...CLIENTS, ...SERVERS, ...MAIL, ...ADDRESSES],
};
