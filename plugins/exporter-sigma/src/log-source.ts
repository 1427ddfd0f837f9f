/** A kind of log as Sigma names it, with the conventions of the SigmaHQ rule repository. */
export interface LogSource {
  /** Folder of its rules under `rules/`. */
  readonly id: string;
  /** How the names of its rule files begin. */
  readonly prefix: string;
  readonly category: string;
  readonly product?: string;
}

export const DNS = { id: 'dns', prefix: 'net_dns_', category: 'dns' } as const;
export const DNS_QUERY_WINDOWS = {
  id: 'dns_query_windows',
  prefix: 'dns_query_win_',
  category: 'dns_query',
  product: 'windows',
} as const;
export const PROXY = { id: 'proxy', prefix: 'proxy_', category: 'proxy' } as const;
export const FIREWALL = { id: 'firewall', prefix: 'net_firewall_', category: 'firewall' } as const;
export const WEBSERVER = { id: 'webserver', prefix: 'web_', category: 'webserver' } as const;
export const NETWORK_CONNECTION_WINDOWS = {
  id: 'network_connection_windows',
  prefix: 'net_connection_win_',
  category: 'network_connection',
  product: 'windows',
} as const;
export const NETWORK_CONNECTION_LINUX = {
  id: 'network_connection_linux',
  prefix: 'net_connection_lnx_',
  category: 'network_connection',
  product: 'linux',
} as const;
export const PROCESS_CREATION_WINDOWS = {
  id: 'process_creation_windows',
  prefix: 'proc_creation_win_',
  category: 'process_creation',
  product: 'windows',
} as const;
export const IMAGE_LOAD_WINDOWS = {
  id: 'image_load_windows',
  prefix: 'image_load_',
  category: 'image_load',
  product: 'windows',
} as const;
export const DRIVER_LOAD_WINDOWS = {
  id: 'driver_load_windows',
  prefix: 'driver_load_win_',
  category: 'driver_load',
  product: 'windows',
} as const;
export const CREATE_STREAM_HASH_WINDOWS = {
  id: 'create_stream_hash_windows',
  prefix: 'create_stream_hash_',
  category: 'create_stream_hash',
  product: 'windows',
} as const;

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
  IMAGE_LOAD_WINDOWS,
  DRIVER_LOAD_WINDOWS,
  CREATE_STREAM_HASH_WINDOWS,
] as const satisfies readonly LogSource[];
