/** A kind of log as Sigma names it, with the conventions of the SigmaHQ rule repository. */
export interface LogSource {
  /** Folder of its rules under `rules/`. */
  readonly id: string;
  /** How the names of its rule files begin. */
  readonly prefix: string;
  readonly category?: string;
  readonly product?: string;
  readonly service?: string;
}

export const DNS = { id: 'dns', prefix: 'net_dns_', category: 'dns' } as const;
export const DNS_QUERY_WINDOWS = windows('dns_query', 'dns_query_win_');
export const PROXY = { id: 'proxy', prefix: 'proxy_', category: 'proxy' } as const;
export const FIREWALL = { id: 'firewall', prefix: 'net_firewall_', category: 'firewall' } as const;
export const WEBSERVER = { id: 'webserver', prefix: 'web_', category: 'webserver' } as const;
export const NETWORK_CONNECTION_WINDOWS = windows('network_connection', 'net_connection_win_');
export const NETWORK_CONNECTION_LINUX = linux('network_connection', 'net_connection_lnx_');
export const PROCESS_CREATION_WINDOWS = windows('process_creation', 'proc_creation_win_');
export const PROCESS_CREATION_LINUX = linux('process_creation', 'proc_creation_lnx_');
export const IMAGE_LOAD_WINDOWS = windows('image_load', 'image_load_');
export const DRIVER_LOAD_WINDOWS = windows('driver_load', 'driver_load_win_');
export const CREATE_STREAM_HASH_WINDOWS = windows('create_stream_hash', 'create_stream_hash_');
export const FILE_EXECUTABLE_DETECTED_WINDOWS = windows('file_executable_detected', 'file_executable_detected_win_');
export const FILE_EVENT_WINDOWS = windows('file_event', 'file_event_win_');
export const FILE_EVENT_LINUX = linux('file_event', 'file_event_lnx_');
/** Keys made and deleted, values set, keys and values renamed. */
export const REGISTRY_EVENT_WINDOWS = windows('registry_event', 'registry_event_');
export const PIPE_CREATED_WINDOWS = windows('pipe_created', 'pipe_created_');
export const SYSTEM_WINDOWS = {
  id: 'system_windows',
  prefix: 'win_system_',
  product: 'windows',
  service: 'system',
} as const;
export const SECURITY_WINDOWS = {
  id: 'security_windows',
  prefix: 'win_security_',
  product: 'windows',
  service: 'security',
} as const;
export const X509_ZEEK = { id: 'x509_zeek', prefix: 'zeek_x509_', product: 'zeek', service: 'x509' } as const;

/** All log sources that rules are written for. */
export const LOG_SOURCES = [
  DNS,
  DNS_QUERY_WINDOWS,
  PROXY,
  FIREWALL,
  WEBSERVER,
  NETWORK_CONNECTION_WINDOWS,
  NETWORK_CONNECTION_LINUX,
  PROCESS_CREATION_WINDOWS,
  PROCESS_CREATION_LINUX,
  IMAGE_LOAD_WINDOWS,
  DRIVER_LOAD_WINDOWS,
  CREATE_STREAM_HASH_WINDOWS,
  FILE_EXECUTABLE_DETECTED_WINDOWS,
  FILE_EVENT_WINDOWS,
  FILE_EVENT_LINUX,
  REGISTRY_EVENT_WINDOWS,
  PIPE_CREATED_WINDOWS,
  SYSTEM_WINDOWS,
  SECURITY_WINDOWS,
  X509_ZEEK,
] as const satisfies readonly LogSource[];

function windows<C extends string>(category: C, prefix: string) {
  return { id: `${category}_windows`, prefix, category, product: 'windows' } as const;
}

function linux<C extends string>(category: C, prefix: string) {
  return { id: `${category}_linux`, prefix, category, product: 'linux' } as const;
}

/** Lines of a rule's `logsource`, indented. */
export function logSourceLines({ category, product, service }: LogSource): readonly string[] {
  return Object.entries({ category, product, service }).flatMap(([key, value]) =>
    value === undefined ? [] : [`    ${key}: ${value}`],
  );
}
