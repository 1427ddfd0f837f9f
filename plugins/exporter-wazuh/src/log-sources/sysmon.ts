import { IP_DESTINATION, IP_SOURCE, NETWORK_DESTINATION, NETWORK_SOURCE } from '../lists/addresses.ts';
import { FILE_PATH_WINDOWS, HASH_SYSMON } from '../lists/files.ts';
import { DOMAIN } from '../lists/names.ts';
import { PIPE, PROGRAM, REGISTRY } from '../lists/windows.ts';
import type { LogSource } from '../look-up.ts';
import { BELOW_DOMAIN, FILE_IN_PATH, HASH_AMONG_OTHERS, REGISTRY_KEY } from '../patterns.ts';

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

const processes = { groups: 'sysmon_event1|sysmon_eid1_detections|sysmon_process-anomalies' };
const createdFiles = {
  groups:
    'sysmon_event_11|sysmon_event_15|sysmon_event_23|sysmon_eid11_detections|sysmon_eid15_detections|sysmon_eid23_detections',
};
const registry = { groups: 'sysmon_event_12|sysmon_event_13|sysmon_event_14|sysmon_eid13_detections' };
const pipes = { groups: 'sysmon_event_17|sysmon_event_18' };

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
      inside: { pattern: HASH_AMONG_OTHERS, id: 840 },
      says: 'listed file with $(win.eventdata.hashes) on $(win.system.computer)',
      technique: 'T1204.002',
    },
    {
      id: 102,
      parent: createdFiles,
      field: 'win.eventdata.targetFilename',
      list: FILE_PATH_WINDOWS,
      inside: { pattern: FILE_IN_PATH, id: 720 },
      says: 'listed file $(win.eventdata.targetFilename) written by $(win.eventdata.image)',
      technique: 'T1105',
    },
    {
      id: 104,
      parent: processes,
      field: 'win.eventdata.image',
      list: FILE_PATH_WINDOWS,
      inside: { pattern: FILE_IN_PATH, id: 740 },
      says: 'listed program $(win.eventdata.image) started on $(win.system.computer)',
      technique: 'T1204.002',
    },
    {
      id: 106,
      parent: processes,
      field: 'win.eventdata.originalFileName',
      list: PROGRAM,
      says: 'listed program $(win.eventdata.originalFileName) started on $(win.system.computer)',
      technique: 'T1204.002',
    },
    {
      id: 130,
      parent: registry,
      field: 'win.eventdata.targetObject',
      list: REGISTRY,
      inside: { pattern: REGISTRY_KEY, id: 820 },
      says: 'change of listed registry key $(win.eventdata.targetObject) by $(win.eventdata.image)',
      technique: 'T1112',
    },
    {
      id: 140,
      parent: pipes,
      field: 'win.eventdata.pipeName',
      list: PIPE,
      says: 'listed pipe $(win.eventdata.pipeName) used by $(win.eventdata.image)',
      technique: 'T1559',
    },
    {
      id: 110,
      parent: queries,
      field: 'win.eventdata.queryName',
      list: DOMAIN,
      inside: { pattern: BELOW_DOMAIN, id: 600 },
      says: 'DNS query for listed name $(win.eventdata.queryName) by $(win.eventdata.image)',
      technique: 'T1071.004',
    },
    {
      id: 112,
      parent: connections,
      field: 'win.eventdata.destinationHostname',
      list: DOMAIN,
      inside: { pattern: BELOW_DOMAIN, id: 620 },
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
