/**
 * What real intelligence is made of. Measured over public data: the five MISP feeds of TweetFeed (120 days), Chrome
 * extension ids, two CrowdSec feeds and Malvuln, and 149 single events of ESET, Echap, MISP and PyMISP; together 359
 * events with 54,772 attributes, 47,968 of them marked `to_ids`. Counted with a script over every attribute, also inside
 * objects. Where nothing else is said, a number is a share of the `to_ids` attributes.
 */

/** Shares of names; they need not add up to 1. */
export type Shares = Readonly<Record<string, number>>;

/** Share of all attributes that is marked for detection. */
export const TO_IDS = 0.876;

/** Types above one in ten thousand, and the composites and addresses of which there are few. */
export const TYPES: Shares = {
  url: 0.39303,
  domain: 0.34827,
  sha256: 0.08948,
  'ip-dst': 0.06386,
  text: 0.03215,
  'ip-src': 0.02979,
  md5: 0.02058,
  sha1: 0.01393,
  'filename|sha1': 0.00269,
  'domain|ip': 0.00173,
  filename: 0.00148,
  port: 0.00071,
  regkey: 0.00042,
  hostname: 0.00015,
  'email-src': 0.00008,
  'ip-dst|port': 0.00004,
  'hostname|port': 0.00004,
  mutex: 0.00004,
};

/** Types of the attributes that are not marked `to_ids`. */
export const CONTEXT_TYPES: Shares = { text: 0.49, url: 0.26, sha1: 0.04, link: 0.04, domain: 0.03, comment: 0.014 };

/** Share of hashes that stands in a `file` object; 10.5 % of all attributes stand in objects. */
export const HASHES_IN_OBJECTS = 0.8;

/** Share of attributes whose value an earlier one of the same type has. */
export const DUPLICATES = 0.046;

/** Share of attributes that say when they were seen first. */
export const FIRST_SEEN = 0.002;

export const URL = {
  https: 0.252,
  port: 0.078,
  hostIsAddress: 0.125,
  /** The host is the value of a `domain` attribute of the same event. */
  hostFromEvent: 0.834,
  /** Nothing after the host, or only a slash. */
  bare: 0.816,
  query: 0.019,
  pathLength: [1, 6, 9, 15, 24, 38, 125],
  queryLength: [1, 11, 19, 49, 97, 126, 132],
} as const;

export const DOMAIN = {
  /** Share with two labels; of the rest, most hang below a host that many parties share. */
  registrable: 0.476,
  /** Two labels or more below the registrable domain. */
  deep: 0.09,
  /** Of each label, so that 32 % of the domains have a dash and 30 % a digit. */
  dash: 0.25,
  digits: 0.22,
  labelLength: [1, 4, 7, 10, 14, 19, 44],
} as const;

export const TLDS: Shares = {
  com: 0.349,
  net: 0.082,
  top: 0.036,
  org: 0.033,
  cn: 0.032,
  app: 0.031,
  dev: 0.027,
  xyz: 0.026,
  cc: 0.017,
  ru: 0.014,
  io: 0.013,
  cfd: 0.011,
  info: 0.01,
  click: 0.01,
  live: 0.01,
  online: 0.009,
  shop: 0.009,
  kr: 0.009,
  de: 0.009,
  sbs: 0.008,
  site: 0.007,
  us: 0.006,
  icu: 0.005,
  vip: 0.005,
};

/** Parents below which many parties have names; shares of all domains. They are what warninglists hit. */
export const SHARED_PARENTS: Shares = {
  'dynv6.net': 0.0401,
  'dns.army': 0.0235,
  'weebly.com': 0.0234,
  'dns.navy': 0.0208,
  'pages.dev': 0.0201,
  'mydns.bz': 0.0105,
  'vercel.app': 0.0096,
  'duckdns.org': 0.0071,
  'typedream.app': 0.007,
  'com.cn': 0.0064,
  'trycloudflare.com': 0.0058,
  'com.br': 0.0057,
  'firebaseio.com': 0.005,
  'workers.dev': 0.0036,
  'netlify.app': 0.0035,
  'webflow.io': 0.0028,
  'godaddysites.com': 0.0025,
  'r2.dev': 0.0022,
  'github.io': 0.0019,
  'web.app': 0.0019,
  'amazonaws.com': 0.0018,
};

/** Popular hosts that URLs point to directly; shares of all URLs. */
export const POPULAR_HOSTS: Shares = {
  'github.com': 0.0026,
  'raw.githubusercontent.com': 0.001,
  'drive.google.com': 0.001,
};

/** Tags at an attribute: how many, and which. */
export const TAG_COUNTS: readonly number[] = [0.433, 0.357, 0.197, 0.011, 0.0014, 0.0003];

export const TAGS: Shares = {
  phishing: 15749,
  Kimsuky: 5626,
  DPRK: 5184,
  C2: 2231,
  scam: 1576,
  malware: 1027,
  'source:suricata': 735,
  APT: 498,
  'source:crowdsec': 476,
  cryptoscam: 399,
  CobaltStrike: 385,
  'mwl:cloud="azure"': 343,
  Interactsh: 280,
  AsyncRAT: 277,
  opendir: 260,
  ransomware: 255,
  ClickFix: 236,
  stealer: 223,
  Remcos: 213,
  Xworm: 189,
  Sliver: 189,
  RAT: 176,
};

/** Sets of tags at an event; public data is TLP:CLEAR throughout. */
export const EVENT_TAGS: Shares = {
  'TweetFeed,tlp:clear,type:OSINT': 122,
  'tlp:white': 101,
  '': 96,
  'chrome-mal-ids,malicious-extension,tlp:clear': 40,
};

/** Share of empty comments, and the lengths of the others. */
export const COMMENT = { empty: 0.118, length: [2, 35, 49, 51, 54, 56, 287] } as const;
