import { IP_SOURCE, NETWORK_SOURCE } from '../lists.ts';
import type { LogSource } from '../look-up.ts';

const sshd = { groups: 'sshd' };
const security = { groups: 'windows_security' };

export const SSHD: LogSource = {
  id: 'sshd',
  title: 'OpenSSH server',
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
  title: 'Windows Security channel',
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
  ],
};
