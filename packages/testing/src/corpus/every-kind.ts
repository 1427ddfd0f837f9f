import {
  INDICATOR_KINDS,
  type Indicator,
  type IndicatorIdentity,
  type IndicatorKind,
  TLP_LABELS,
  type Tlp,
} from '@misp-pipeline/core';
import { anEvent, anIndicator, anOrigin } from '../make.ts';
import { aUuid } from './uuid.ts';

/** Ordinary canonical values of each kind, of addresses and names that are reserved for documentation. */
const VALUES: Record<IndicatorKind, readonly string[]> = {
  ipv4: ['203.0.113.7', '198.51.100.23'],
  ipv6: ['2001:db8::7', '2001:db8:0:1:1:1:1:1'],
  cidr: ['203.0.113.128/25', '2001:db8:5::/48'],
  domain: ['evil.example', 'xn--bcher-kva.example'],
  hostname: ['cdn.evil.example', 'mail.update-service.example'],
  url: [
    'http://evil.example/',
    'http://evil.example:8080/gate.php?id=1',
    'https://cdn.evil.example/drop/stage2.bin',
    'http://203.0.113.7/bins/x86',
    'http://[2001:db8::7]:81/a',
    'ftp://evil.example/pub/tool.exe',
  ],
  uri: ['/gate.php?id=1'],
  'user-agent': ['Mozilla/4.0 (compatible; MSIE 6.1; Windows NT 5.1; Trident/2.0)'],
  'http-method': ['PROPFIND'],
  cookie: ['id=9f8e7d'],
  ja3: ['e7d705a3286e19ea42f587b344ee6865'],
  ja4: ['t13d1516h2_8daaf6152771_e5627efa2ab1'],
  jarm: ['07d14d16d21d21d07c42d41d00041d24a458a375eef0c576d23a7bab9a9fb1'],
  hassh: ['ec7378c1a92f5a8dde7e8b7a1ddf33d1'],
  hasshserver: ['b12d2871a1189eff20364cf5333619ee'],
  'x509-md5': ['0123456789abcdef0123456789abcdef'],
  'x509-sha1': ['0123456789abcdef0123456789abcdef01234567'],
  'x509-sha256': ['0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'],
  md5: ['44d88612fea8a8f36de82e1278abb02f'],
  sha1: ['3395856ce81f2b7382dee72602f798b642f14140'],
  sha224: ['d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f'],
  sha256: ['275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f'],
  sha384: ['38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b'],
  sha512: [
    'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
  ],
  imphash: ['f34d5f2d4577ed6d9ceec516c1f5a744'],
  filename: ['invoice.pdf.exe'],
  email: ['someone@evil.example'],
  'email-src': ['sender@evil.example'],
  'email-dst': ['victim@corp.example'],
  'email-subject': ['Your invoice 4711'],
  'email-attachment': ['invoice.zip'],
  'email-x-mailer': ['The Bat! 9.1'],
  'email-message-id': ['<4711@evil.example>'],
  'email-reply-to': ['reply@evil.example'],
  regkey: ['HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\updater'],
  mutex: ['Global\\4f3a-updater'],
  'named-pipe': ['\\\\.\\pipe\\updater'],
  'process-name': ['updater.exe'],
  'service-name': ['UpdaterSvc'],
  'pattern-in-traffic': ['BOT|0d 0a|HELO'],
  'rule-suricata': ['alert dns any any -> any any (msg:"theirs"; dns.query; content:"evil.example"; sid:4711; rev:1;)'],
  'rule-snort': ['alert tcp any any -> any 80 (msg:"theirs"; content:"gate"; sid:4712; rev:1;)'],
  'rule-sigma': ['title: theirs\nlogsource: {category: dns}\ndetection: {a: {query: evil.example}, condition: a}\n'],
  'rule-yara': ['rule theirs { strings: $a = "evil" condition: $a }'],
  'rule-zeek': ['signature theirs { payload /evil/ event "theirs" }'],
};

/** Kinds that come with a direction or a port; those of {@link VALUES} have neither. */
const ENDPOINTS: readonly IndicatorIdentity[] = [
  { kind: 'ipv4', value: '203.0.113.9', direction: 'source', port: undefined },
  { kind: 'ipv4', value: '203.0.113.9', direction: 'destination', port: undefined },
  { kind: 'ipv4', value: '203.0.113.9', direction: 'destination', port: 4443 },
  { kind: 'ipv4', value: '203.0.113.9', direction: 'source', port: 53 },
  { kind: 'ipv6', value: '2001:db8::9', direction: 'destination', port: 443 },
  { kind: 'ipv6', value: '2001:db8::9', direction: 'source', port: undefined },
  { kind: 'cidr', value: '198.51.100.0/24', direction: 'source', port: undefined },
  { kind: 'cidr', value: '2001:db8:7::/64', direction: 'destination', port: undefined },
  { kind: 'hostname', value: 'c2.evil.example', direction: undefined, port: 8443 },
  { kind: 'domain', value: 'c2-evil.example', direction: undefined, port: 8443 },
];

const EVENTS = [
  anEvent(),
  anEvent({
    uuid: '33333333-3333-4333-8333-333333333333',
    title: 'Ransomware – Bücher & Co.',
    date: '2026-11-22',
    org: 'Ünïcode CERT',
    link: 'https://misp.example.org/events/view/42',
  }),
];

/** Nothing said, and each label in turn. */
const MARKINGS: readonly (Tlp | undefined)[] = [undefined, ...TLP_LABELS];

/** At least one ordinary indicator of each kind; addresses also with directions and ports, some from two events. */
export function everyKind(): readonly Indicator[] {
  const bare = INDICATOR_KINDS.flatMap((kind) => VALUES[kind].map((value) => ({ kind, value })));
  const endpoints = [...bare, ...ENDPOINTS];
  const again = endpoints.filter((_, i) => i % 5 === 0);
  return [...endpoints, ...again].map(({ kind, value, ...endpoint }, i) =>
    anIndicator(kind, value, { ...endpoint, ...circumstances(i) }),
  );
}

/** What differs from one indicator to the next besides its value. */
function circumstances(i: number): Partial<Indicator> {
  const tlp = MARKINGS[i % MARKINGS.length];
  return {
    tlp,
    tags: tlp === undefined ? [] : [`tlp:${tlp}`, 'type:OSINT'].sort(),
    techniques: i % 3 === 0 ? ['T1071', 'T1071.004'] : [],
    severity: i % 2 === 0 ? 'high' : 'low',
    confidence: i % 4 === 0 ? 75 : undefined,
    firstSeen: i % 4 === 1 ? 1_760_000_000 : undefined,
    lastSeen: i % 4 === 1 ? 1_763_000_000 : undefined,
    updated: 1_763_000_000 + i,
    sharedHost: i % 7 === 3,
    origins: [
      anOrigin({
        event: EVENTS[i % EVENTS.length] ?? anEvent(),
        attribute: aUuid(i),
        comment: i % 2 === 0 ? 'seen in a mail campaign' : '',
      }),
    ],
  };
}
