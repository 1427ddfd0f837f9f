import { runPython } from './sigma-cli.ts';

/**
 * Lists that validators load from the internet, reduced to the entries that our rules are judged by: file name prefixes
 * and fields of log sources by `product_category_service` (SigmaHQ taxonomy 20251103), tactics of techniques (ATT&CK 17).
 */
const LISTS = {
  prefixes: {
    None_dns_None: 'net_dns_',
    windows_dns_query_None: 'dns_query_win_',
    None_proxy_None: 'proxy_',
    None_firewall_None: 'net_firewall_',
    None_webserver_None: 'web_',
    windows_network_connection_None: 'net_connection_win_',
    linux_network_connection_None: 'net_connection_lnx_',
    windows_process_creation_None: 'proc_creation_win_',
    windows_image_load_None: 'image_load_',
    windows_driver_load_None: 'driver_load_win_',
    windows_create_stream_hash_None: 'create_stream_hash_',
    windows_file_executable_detected_None: 'file_executable_detected_win_',
    windows_file_event_None: 'file_event_win_',
    linux_file_event_None: 'file_event_lnx_',
    linux_process_creation_None: 'proc_creation_lnx_',
    windows_registry_event_None: 'registry_event_',
    windows_pipe_created_None: 'pipe_created_',
    windows_None_system: 'win_system_',
    windows_None_security: 'win_security_',
    zeek_None_None: 'zeek_',
  },
  // An empty list accepts any field.
  fields: {
    None_dns_None: [],
    windows_dns_query_None: ['EventID', 'Image', 'QueryName', 'QueryResults'],
    None_proxy_None: ['c-uri', 'c-useragent', 'cs-cookie', 'cs-host', 'cs-method', 'dst_ip', 'src_ip'],
    None_firewall_None: [],
    None_webserver_None: ['c-ip', 'cs-cookie', 'cs-host', 'cs-method', 'cs-uri-query', 'cs-user-agent'],
    windows_network_connection_None: [
      'DestinationHostname',
      'DestinationIp',
      'DestinationPort',
      'EventID',
      'Image',
      'SourceHostname',
      'SourceIp',
      'SourcePort',
    ],
    linux_network_connection_None: ['DestinationIp', 'DestinationPort', 'Image', 'SourceIp', 'SourcePort'],
    windows_process_creation_None: ['CommandLine', 'EventID', 'Hashes', 'Image'],
    windows_image_load_None: ['EventID', 'Hashes', 'Image', 'ImageLoaded'],
    windows_driver_load_None: ['EventID', 'Hashes', 'ImageLoaded'],
    windows_create_stream_hash_None: ['EventID', 'Hash', 'Image', 'TargetFilename'],
    windows_file_executable_detected_None: ['EventID', 'Hashes', 'Image', 'TargetFilename'],
    windows_file_event_None: ['EventID', 'Image', 'TargetFilename'],
    linux_file_event_None: ['Image', 'TargetFilename'],
    linux_process_creation_None: ['CommandLine', 'Hashes', 'Image'],
    windows_registry_event_None: ['Details', 'EventID', 'EventType', 'Image', 'NewName', 'TargetObject'],
    windows_pipe_created_None: ['EventID', 'EventType', 'Image', 'PipeName'],
    windows_None_system: [],
    windows_None_security: [],
    zeek_None_x509: [],
  },
  tactics: {
    TA0001: 'initial-access',
    TA0002: 'execution',
    TA0003: 'persistence',
    TA0011: 'command-and-control',
  },
  techniques: {
    'T1071.001': ['command-and-control'],
    'T1071.004': ['command-and-control'],
    'T1204.002': ['execution'],
  },
};

const FILL_CACHES = `
import json, sys
from pathlib import Path
import diskcache
from sigma.validators.sigmahq.data.base import _JSONDisk

lists = json.load(sys.stdin)
caches = Path.home() / '.cache' / 'pysigma'
attack = {'mitre_attack_' + name: {} for name in ('version', 'intrusion_sets', 'software', 'datasources', 'mitigations')}
attack['mitre_attack_tactics'] = lists['tactics']
attack['mitre_attack_techniques'] = {name: name for name in lists['techniques']}
attack['mitre_attack_techniques_tactics_mapping'] = lists['techniques']
diskcache.Cache(str(caches / 'mitre_attack')).set('mitre_attack_data', attack)
d3fend = {'mitre_d3fend_' + name: {} for name in ('version', 'tactics', 'techniques', 'artifacts')}
diskcache.Cache(str(caches / 'mitre_d3fend')).set('mitre_d3fend_data', d3fend)
sigmahq = diskcache.Cache(str(caches / 'sigmahq'), disk=_JSONDisk)
sigmahq.set('sigmahq_filename_default', {'sigmahq_filename_pattern': lists['prefixes']})
redundant = {name: ['EventID'] for name in lists['fields'] if name.startswith('windows_') and not name.startswith('windows_None')}
sigmahq.set('sigmahq_taxonomy_default', {
    'sigmahq_taxonomy_fieldsname': lists['fields'],
    'sigmahq_taxonomy_redundant_fields': redundant,
})
categories = [name.split('_', 1)[1].removesuffix('_None') for name in redundant]
sigmahq.set('sigmahq_eventid_default', {'sigmahq_category_no_eventid': categories})
sigmahq.set('sigmahq_provider_default', {'sigmahq_provider_name': {}})
`;

/** Puts the lists where the validators keep what they have loaded, below a home folder. */
export function provideLists(home: string): void {
  runPython(FILL_CACHES, home, JSON.stringify(LISTS));
}
