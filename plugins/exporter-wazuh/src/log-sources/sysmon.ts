import { DOMAIN, HASH_SYSMON, IP_DESTINATION, IP_SOURCE, NETWORK_DESTINATION, NETWORK_SOURCE } from '../lists.ts';
import type { LogSource } from '../look-up.ts';

/** Stock detections take some events of a type, and have a group of their own. */
const connections = { groups: 'sysmon_event3|sysmon_eid3_detections' };
const queries = { groups: 'sysmon_event_22|sysmon_eid22_detections' };
const files = {
  groups: [
    'sysmon_event1',
    'sysmon_event6',
    'sysmon_event7',
    'sysmon_event_15',
    'sysmon_event_23',
    'sysmon_eid1_detections',
    'sysmon_eid6_detections',
    'sysmon_eid7_detections',
    'sysmon_eid15_detections',
    'sysmon_eid23_detections',
    'sysmon_process-anomalies',
  ].join('|'),
};

export const SYSMON: LogSource = {
  id: 'sysmon',
  title: 'Sysmon for Windows',
  structured: true,
  lookUps: [
    {
      id: 100,
      parent: files,
      field: 'win.eventdata.hashes',
      list: HASH_SYSMON,
      says: 'listed file with $(win.eventdata.hashes) on $(win.system.computer)',
      technique: 'T1204.002',
    },
    {
      id: 110,
      parent: queries,
      field: 'win.eventdata.queryName',
      list: DOMAIN,
      says: 'DNS query for listed name $(win.eventdata.queryName) by $(win.eventdata.image)',
      technique: 'T1071.004',
    },
    {
      id: 112,
      parent: connections,
      field: 'win.eventdata.destinationHostname',
      list: DOMAIN,
      says: 'connection to listed host $(win.eventdata.destinationHostname) by $(win.eventdata.image)',
      technique: 'T1071',
    },
    {
      id: 120,
      parent: connections,
      field: 'win.eventdata.destinationIp',
      list: IP_DESTINATION,
      says: 'connection to listed address $(win.eventdata.destinationIp) by $(win.eventdata.image)',
      technique: 'T1071',
    },
    {
      id: 122,
      parent: connections,
      field: 'win.eventdata.sourceIp',
      list: IP_SOURCE,
      says: 'connection from listed address $(win.eventdata.sourceIp) to $(win.eventdata.image)',
    },
    {
      id: 124,
      parent: connections,
      field: 'win.eventdata.destinationIp',
      list: NETWORK_DESTINATION,
      says: 'connection to $(win.eventdata.destinationIp) in a listed network by $(win.eventdata.image)',
      technique: 'T1071',
    },
    {
      id: 126,
      parent: connections,
      field: 'win.eventdata.sourceIp',
      list: NETWORK_SOURCE,
      says: 'connection from $(win.eventdata.sourceIp) in a listed network to $(win.eventdata.image)',
    },
  ],
};
