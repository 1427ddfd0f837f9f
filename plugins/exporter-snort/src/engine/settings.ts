import { CLIENT_NETWORKS } from '@misp-pipeline/traffic';
import type { SnortVersion } from '../options.ts';
import { SNIPPET } from '../paths.ts';

/** Where Snort installs its own configuration. */
export const STOCK_CONFIG: Record<SnortVersion, string> = {
  3: '/usr/local/etc/snort/snort.lua',
  2: '/etc/snort/snort.conf',
};

/** Files that Snort writes to its log folder. */
export const ALERTS = { 3: 'alert_json.txt', 2: 'alert.csv' } as const;
export const FILE_LOG = 'file.log';

/** Most events that are logged for one packet. The default of 3 hides some where many indicators name one host. */
const EVENTS = 100;

/** Snort 2.9 takes rules from its configuration only: a configuration with the rules behind the sensor's own. */
export function testConf(config: string, rules: string): string {
  return `include ${config}\ninclude ${rules}\n`;
}

/**
 * What Snort 3 runs behind the sensor's own configuration: all that is published, alerts to a file, and the clients of the
 * drill are at home.
 */
export function replayLua(dir: string): string {
  return `dofile(${luaText(`${dir}/${SNIPPET[3]}`)})
if ips.variables and ips.variables.nets then ips.variables.nets.HOME_NET = ${luaText(CLIENT_NETWORKS.join(' '))} end
alert_json = { file = true, fields = 'gid sid src_addr dst_addr' }
event_queue = event_queue or {}
event_queue.max_queue = ${EVENTS}
event_queue.log = ${EVENTS}
search_engine = search_engine or {}
search_engine.max_queue_events = ${EVENTS}
`;
}

/** The same for Snort 2.9, whose variables cannot be set twice: the sensor's HOME_NET has to hold the clients. */
export function replayConf(config: string, dir: string): string {
  return `include ${config}
var MISP_PIPELINE_PATH ${dir}
include ${dir}/${SNIPPET[2]}
output alert_csv: ${ALERTS[2]} sig_generator,sig_id,src,dst
`;
}

function luaText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
}
