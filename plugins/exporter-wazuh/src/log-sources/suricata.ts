import type { LogSource } from '../look-up.ts';
import { eveRecord } from './json-records.ts';
import { ADDRESSES } from './suricata/addresses.ts';
import { CLIENTS } from './suricata/clients.ts';
import { FILES } from './suricata/files.ts';
import { MAIL } from './suricata/mail.ts';
import { NAMES } from './suricata/names.ts';
import { SERVERS } from './suricata/servers.ts';
import { WEB } from './suricata/web.ts';

export const SURICATA: LogSource = {
  id: 'suricata',
  title: 'Suricata EVE',
  record: eveRecord,
  structured: true,
  lookUps: [...WEB, ...FILES, ...NAMES, ...CLIENTS, ...SERVERS, ...MAIL, ...ADDRESSES],
};
