/** Lists without which a pipeline alarms on the Internet itself; by what their names have in common. */
const GROUPS = {
  'private and reserved addresses (RFC lists)': /\bRFC \d+|link local|multicast/i,
  'public DNS resolvers': /public DNS resolvers/i,
  'most visited sites': /^Top \d|most-used sites|google domains|microsoft domains/i,
  'cloud and content networks': /Amazon AWS|Google Cloud|Azure Datacenter|Cloudflare IP|Akamai|Fastly/i,
} as const;

export type WarninglistGroup = keyof typeof GROUPS;

/** Below the most visited sites there are many that anyone can register, phishing included. */
const MOST_SITES = 10_000;

/** The group of important lists that a list belongs to, if any. */
export function importantGroup(name: string): WarninglistGroup | undefined {
  if (sitesIn(name) > MOST_SITES) return undefined;
  const isGroup = (group: string): group is WarninglistGroup => group in GROUPS;
  return Object.keys(GROUPS)
    .filter(isGroup)
    .find((group) => GROUPS[group].test(name));
}

/** How many sites a list has by its name, such as `Top 10 000 websites`, `Top 20,000 domains`, `Top 10K sites`. */
function sitesIn(name: string): number {
  const [, digits = '', unit = ''] = /^Top (\d[\d ,.]*)(K|M)?/i.exec(name) ?? [];
  const scale = { K: 1000, M: 1_000_000 }[unit.toUpperCase()] ?? 1;
  return Number(digits.replace(/\D/g, '')) * scale;
}
