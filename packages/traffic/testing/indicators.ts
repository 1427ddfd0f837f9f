import {
  type Collected,
  Collector,
  INDICATOR_KINDS,
  type Indicator,
  type IndicatorFields,
  type IndicatorKind,
  makeIndicator,
} from '@misp-pipeline/core';
import { knownDigests } from '../src/known-digests.ts';

/** An ordinary value of each kind that packets show; digests are those of what we have. */
const VALUES: Partial<Record<IndicatorKind, readonly string[]>> = {
  ipv4: ['203.0.113.7'],
  ipv6: ['2001:db8::7'],
  cidr: ['203.0.113.128/26', '2001:db8:5::/48'],
  domain: ['evil.example'],
  hostname: ['c2.bad-host.example'],
  url: [
    'http://url.example/mal/Pay.php?id=7',
    'http://port.example:8081/a',
    'http://203.0.113.20/x.bin',
    'https://tls.example/login',
  ],
  uri: ['/gate_v3.php?bot=1'],
  'user-agent': ['Mozilla/4.0 (Evil; Bot 1.0)'],
  'http-method': ['PROPFIND'],
  cookie: ['id=9f8e7d'],
  filename: ['invoice.pdf.exe'],
  email: ['someone@evil-mail.example'],
  'email-src': ['sender@evil-mail.example'],
  'email-dst': ['drop@evil-mail.example'],
  'email-subject': ['Your invoice 4711'],
  'email-attachment': ['Invoice 77.zip'],
  'email-x-mailer': ['The Bat! 9.1'],
  'email-message-id': ['<4711@evil-mail.example>'],
  'email-reply-to': ['reply@evil-mail.example'],
  'pattern-in-traffic': ['BOT|0d 0a|HELO'],
};

const ENDPOINTS: readonly IndicatorFields[] = [
  { kind: 'ipv4', value: '203.0.113.8', direction: 'source' },
  { kind: 'ipv4', value: '203.0.113.9', direction: 'destination' },
  { kind: 'ipv4', value: '203.0.113.10', direction: 'destination', port: 8443 },
  { kind: 'ipv4', value: '203.0.113.11', direction: 'source', port: 4444 },
  { kind: 'domain', value: 'port-evil.example', port: 8443 },
  { kind: 'hostname', value: 'a.port-host.example', port: 8081 },
];

/** At least one indicator of each kind that packets show. */
export function visibleIndicators(): Indicator[] {
  const ordinary = INDICATOR_KINDS.flatMap((kind) => (VALUES[kind] ?? []).map((value) => ({ kind, value })));
  const digests = knownDigests().map(({ kind, value }) => ({ kind, value }));
  return [...ordinary, ...ENDPOINTS, ...digests].map(makeIndicator);
}

export function collected(...indicators: readonly Indicator[]): Collected {
  const collector = new Collector();
  for (const indicator of indicators) collector.add(indicator);
  return collector.collected();
}
