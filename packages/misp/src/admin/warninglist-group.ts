/** Lists without which a pipeline alarms on the Internet itself; by what their names have in common. */
const GROUPS = {
  'private and reserved addresses (RFC lists)': /\bRFC \d+|link local|multicast/i,
  'public DNS resolvers': /public DNS resolvers/i,
  'most visited sites': /^Top \d|most-used sites|google domains|microsoft domains/i,
  'cloud and content networks': /Amazon AWS|Google Cloud|Azure Datacenter|Cloudflare IP|Akamai|Fastly/i,
} as const;

export type WarninglistGroup = keyof typeof GROUPS;

/** The group of important lists that a list belongs to, if any. */
export function importantGroup(name: string): WarninglistGroup | undefined {
  const isGroup = (group: string): group is WarninglistGroup => group in GROUPS;
  return Object.keys(GROUPS)
    .filter(isGroup)
    .find((group) => GROUPS[group].test(name));
}
