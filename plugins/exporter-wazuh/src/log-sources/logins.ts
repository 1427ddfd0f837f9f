import { IP_SOURCE, NETWORK_SOURCE } from '../lists/addresses.ts';
import { SERVICE } from '../lists/windows.ts';
import type { LogSource } from '../look-up.ts';
import { sshdRecord } from './line-records.ts';

const sshd = { groups: 'sshd' };
/** A new service, in the System and in the Security channel. */
const newService = { sids: '61138' };
const security = { groups: 'windows_security' };

export const SSHD: LogSource = {
  id: 'sshd',
  title: 'OpenSSH server',
  record: sshdRecord,
  structured: false,
  lookUps: [
    {
      id: 220,
      parent: sshd,
      field: 'srcip',
      list: IP_SOURCE,
      says: 'SSH login from listed address $(srcip)',
      technique: 'T1133',
    },
    {
      id: 222,
      parent: sshd,
      field: 'srcip',
      list: NETWORK_SOURCE,
      says: 'SSH login from $(srcip) in a listed network',
      technique: 'T1133',
    },
  ],
};

export const WINDOWS_SECURITY: LogSource = {
  id: 'windows',
  title: 'Windows Security and System channels',
  structured: true,
  lookUps: [
    {
      id: 300,
      parent: security,
      field: 'win.eventdata.ipAddress',
      list: IP_SOURCE,
      says: 'Windows login from listed address $(win.eventdata.ipAddress)',
      technique: 'T1133',
    },
    {
      id: 302,
      parent: security,
      field: 'win.eventdata.ipAddress',
      list: NETWORK_SOURCE,
      says: 'Windows login from $(win.eventdata.ipAddress) in a listed network',
      technique: 'T1133',
    },
    {
      id: 310,
      parent: newService,
      field: 'win.eventdata.serviceName',
      list: SERVICE,
      says: 'listed service $(win.eventdata.serviceName) installed on $(win.system.computer)',
      technique: 'T1543.003',
    },
    {
      id: 312,
      parent: security,
      field: 'win.eventdata.serviceName',
      list: SERVICE,
      where: { field: 'win.system.eventID', matches: '^4697$', example: '4697' },
      says: 'listed service $(win.eventdata.serviceName) installed on $(win.system.computer)',
      technique: 'T1543.003',
    },
  ],
};
