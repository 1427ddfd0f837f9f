import type { Match } from './hit.ts';

/** What becomes of an indicator that matches: it goes no further, it is passed on with a tag, or as if nothing was. */
export const ACTIONS = ['drop', 'tag', 'keep'] as const;

export type Action = (typeof ACTIONS)[number];

/** What each kind of match does; `keep` where nothing is said. */
export type Rule = Partial<Readonly<Record<Match, Action>>>;

/** Lists that mean the same kind of thing and so share a rule. */
export interface Group {
  /** What the entries have in common. */
  readonly about: string;
  /** Slugs, with `*` for any text. */
  readonly lists: readonly string[];
  readonly rule: Rule;
  /**
   * What lies under a name or inside a range of the list belongs to one tenant each, who may well be the attacker. In
   * other groups it belongs to the owner of the entry, or serves many parties at once.
   */
  readonly tenants?: true;
}

/** Whatever touches an entry goes. */
const NEVER_BLOCK: Rule = {
  exact: 'drop',
  'parent-domain': 'drop',
  host: 'drop',
  'inside-range': 'drop',
  'contains-range': 'drop',
};

/** Addresses that serve many parties: the address goes, a URL with a path on it stays. */
const SHARED_ADDRESS: Rule = { exact: 'drop', 'inside-range': 'drop', 'contains-range': 'drop' };

/**
 * The lists of MISP/misp-warninglists by what a match means. The first group that names a list counts. Numbers that
 * defend each rule are in docs/false-positives.md.
 */
export const GROUPS = {
  special: {
    about: 'Addresses and names that mean no host on the Internet: private, link-local, multicast, documentation.',
    lists: ['rfc*', 'ipv6-linklocal', 'multicast'],
    rule: NEVER_BLOCK,
  },
  trust: {
    about: 'What checking certificates depends on: CRL and OCSP hosts, fingerprints of trusted CAs.',
    lists: ['crl-*', 'mozilla-*'],
    rule: NEVER_BLOCK,
  },
  registry: {
    about: 'Top-level domains and suffixes under which anybody registers names.',
    lists: ['tlds', 'second-level-tlds'],
    rule: { exact: 'drop' },
  },
  resolvers: {
    about: 'Public DNS resolvers.',
    lists: ['public-dns-*'],
    rule: NEVER_BLOCK,
  },
  'harmless-hashes': {
    about: 'Hashes of empty, test and system files.',
    lists: [
      'common-ioc-false-positive',
      'ti-falsepositives',
      'empty-hashes',
      'eicar.com',
      'nioc-filehash',
      'windows-binary-hashes',
    ],
    rule: { exact: 'drop' },
  },
  'own-exercises': {
    about: 'Hosts of phishing exercises and of block pages, which defenders run themselves.',
    lists: ['microsoft-attack-simulator', 'umbrella-blockpage-*'],
    rule: NEVER_BLOCK,
  },
  uncertain: {
    about: 'Lists that hold malware too: ranks beyond 100,000 of visited sites, and what volunteers collected in 2020.',
    lists: [
      'cloudflare-top200k',
      'cloudflare-top500k',
      'cloudflare-top1m',
      'google-chrome-crux-1million',
      'tranco',
      'covid*',
    ],
    rule: { exact: 'tag' },
  },
  popular: {
    about: 'The most visited sites, down to rank 100,000.',
    lists: ['alexa', 'cisco_top*', 'cloudflare-top*', 'majestic_million', 'moz-top500', 'tranco10k'],
    rule: { exact: 'drop' },
  },
  vendors: {
    about: 'Names of large vendors, under some of which customers get names of their own.',
    lists: [
      'google',
      'microsoft',
      'microsoft-office365',
      'microsoft-win10-connection-endpoints',
      'microsoft-mdca-proxy',
      'captive-portals',
      'microsoft-azure-appid',
    ],
    rule: { exact: 'drop', 'parent-domain': 'tag' },
  },
  organisations: {
    about: 'Sites of banks, universities and companies.',
    lists: ['bank-website', 'university_domains', 'dax30'],
    rule: { exact: 'drop', 'parent-domain': 'tag' },
  },
  hosters: {
    about: 'Services whose customers get a name under theirs: dynamic DNS, site builders, storage.',
    lists: ['dynamic-dns', 'lots-project'],
    rule: { exact: 'drop' },
    tenants: true,
  },
  services: {
    about: 'Web services that people and malware use alike: shorteners, gateways, own-address look-ups, file exchange.',
    lists: [
      'url-shortener',
      'link-in-bio',
      'whats-my-ip',
      'findip-host',
      'public-ipfs-gateways',
      'digitalside',
      'parking-domain-ns',
    ],
    rule: { exact: 'drop' },
  },
  'security-sites': {
    about: 'Sandboxes and blogs of security companies, which reports quote.',
    lists: ['automated-malware-analysis', 'security-provider-blogpost'],
    rule: { exact: 'drop', 'parent-domain': 'tag' },
  },
  edges: {
    about: 'Addresses each of which serves many unrelated sites: content delivery, shared hosting, parked domains.',
    lists: ['cloudflare', 'fastly', 'stackpath', 'bunny-net', 'ovh-cluster', 'parking-domain'],
    rule: SHARED_ADDRESS,
  },
  'service-addresses': {
    about: 'Addresses of one big service that uninvolved people use: mail, proxies, crawlers, messengers.',
    lists: [
      'smtp-*',
      'google-gmail-sending-ips',
      'microsoft-office365-*',
      'zscaler',
      'icloud-private-relay',
      'googlebot',
      'openai-gptbot',
      'apple',
      'telegram-ips',
      'wikimedia',
      'palo-alto-networks-cortex-cloud',
    ],
    rule: { exact: 'drop', 'inside-range': 'drop', 'contains-range': 'tag' },
  },
  scanners: {
    about: 'Scanners of researchers and of companies that map the Internet.',
    lists: [
      '*-scanning',
      '*-scanner',
      'shadowserver',
      'check-host-net',
      'palo-alto-networks-cortex-xpanse',
      'tenable-cloud-*',
      'umich-cse-connection-attempts',
    ],
    rule: { exact: 'drop', 'inside-range': 'drop' },
  },
  clouds: {
    about: 'Ranges of clouds, data centres and VPNs: one customer at a time behind each address.',
    lists: ['amazon-aws', 'google-gcp', 'microsoft-azure*', 'oracle-oci', 'github', 'akamai', 'vpn-*'],
    rule: {},
    tenants: true,
  },
  sinkholes: {
    about: 'Servers that took over names of malware: traffic to them comes from infected machines.',
    lists: ['sinkholes'],
    rule: { exact: 'tag', 'inside-range': 'tag' },
  },
  mail: {
    about: 'Throw-away mail domains and common contact addresses.',
    lists: ['disposable-email', 'common-contact-emails', 'phone_numbers'],
    rule: { exact: 'tag', host: 'tag', regex: 'tag' },
    tenants: true,
  },
  other: {
    about: 'Lists that no group knows, such as new ones and your own: the entries themselves go, the rest is marked.',
    lists: ['*'],
    rule: {
      exact: 'drop',
      'parent-domain': 'tag',
      host: 'tag',
      'inside-range': 'tag',
      'contains-range': 'tag',
      substring: 'tag',
      regex: 'tag',
    },
  },
} as const satisfies Readonly<Record<string, Group>>;

export type GroupName = keyof typeof GROUPS;

export const GROUP_NAMES = Object.keys(GROUPS).filter(isGroupName);

export function isGroupName(name: string): name is GroupName {
  return Object.hasOwn(GROUPS, name);
}
