import type { LogSource } from '../look-up.ts';
import { FILE_INTEGRITY } from './file-integrity.ts';
import { FIREWALL, PALO_ALTO } from './firewalls.ts';
import { SSHD, WINDOWS_SECURITY } from './logins.ts';
import { NAME_SERVER } from './name-server.ts';
import { SQUID } from './squid.ts';
import { SURICATA } from './suricata.ts';
import { SYSMON } from './sysmon.ts';
import { WEB_SERVER } from './web-server.ts';
import { ZEEK } from './zeek.ts';
import { ZEEK_CERTIFICATES } from './zeek-certificates.ts';

/** All kinds of logs in which indicators are looked up. */
export const LOG_SOURCES: readonly LogSource[] = [
  SURICATA,
  SYSMON,
  FILE_INTEGRITY,
  SSHD,
  WEB_SERVER,
  FIREWALL,
  PALO_ALTO,
  WINDOWS_SECURITY,
  SQUID,
  NAME_SERVER,
  ZEEK,
  ZEEK_CERTIFICATES,
];
