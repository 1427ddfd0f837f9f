import type { SnortVersion } from './options.ts';
import { ADDRESSES, HASHES, LIST_FOLDER, RULES } from './paths.ts';

/** What was written besides the rules. */
export interface Lists {
  readonly addresses: boolean;
  readonly hashes: boolean;
}

/**
 * Rules without which the reputation inspector stays silent: one for flows that an address of the list opened and one
 * for flows to it. Snort 2.9 knows no difference.
 */
const STUBS: Record<SnortVersion, readonly string[]> = {
  3: [
    'alert ( msg:"MISP address opened the connection"; gid:136; sid:3; rev:1; )',
    'alert ( msg:"MISP address was connected to"; gid:136; sid:6; rev:1; )',
  ],
  2: ['alert ( msg:"MISP address"; sid:1; gid:136; rev:1; metadata:rule-type preproc; )'],
};

export function reputationRules(version: SnortVersion): readonly string[] {
  return STUBS[version];
}

/** What the sensor's own configuration has to load. */
export function snippet(version: SnortVersion, lists: Lists): string {
  return version === 3 ? snippet3(lists) : snippet2(lists);
}

function snippet3({ addresses, hashes }: Lists): string {
  const parts = [
    `-- Loads what misp-pipeline wrote. Last line of snort.lua: dofile('/full/path/of/this/file')
local here = debug.getinfo(1, 'S').source:match('^@(.*)/[^/]*$') or '.'
if here:sub(1, 1) ~= '/' then here = (os.getenv('PWD') or '.') .. '/' .. here end

ips = ips or {}
ips.rules = (ips.rules or '') .. '\\ninclude ' .. here .. '/${RULES}\\n'
`,
  ];
  if (addresses) {
    parts.push(`
-- An alert for each flow with an address of the list; other rules still see the flow.
reputation = reputation or {}
reputation.list_dir = here .. '/${LIST_FOLDER}'
reputation.scan_local = true
`);
  }
  if (hashes) {
    parts.push(`
-- A line in file.log for each file with a digest of the list, if Snort knows its type.
file_policy = file_policy or {}
file_policy.enable_signature = true
file_policy.rules = file_policy.rules or {}
for digest in io.lines(here .. '/${HASHES}') do
  table.insert(file_policy.rules, { when = { sha256 = digest }, use = { verdict = 'log' } })
end
file_log = file_log or {}
`);
  }
  return parts.join('');
}

function snippet2({ addresses }: Lists): string {
  const folder = '$MISP_PIPELINE_PATH';
  const head = `# Loads what misp-pipeline wrote. Last lines of snort.conf:
#   var MISP_PIPELINE_PATH /full/path/of/this/folder
#   include $MISP_PIPELINE_PATH/misp-pipeline.conf
include ${folder}/${RULES}
`;
  if (!addresses) return head;
  return `${head}
# An alert for each flow with an address of the list, which ends the inspection of the flow. Snort takes one such line
# only: if snort.conf has one already, add this list to that line instead.
preprocessor reputation: memcap 500, scan_local, priority whitelist, nested_ip inner, blacklist ${folder}/${ADDRESSES}
`;
}
