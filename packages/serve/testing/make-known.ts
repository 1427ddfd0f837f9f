import type { KnownIndicator, KnownOrigin } from '@misp-pipeline/lookup';

/** What an attribute says, for tests; every field can be replaced. */
export function aKnownOrigin(fields: Partial<KnownOrigin> = {}): KnownOrigin {
  return {
    source: 'osint',
    event: {
      uuid: '11111111-1111-4111-8111-111111111111',
      title: 'Phishing wave',
      date: '2026-11-20',
      org: 'Example CERT',
    },
    attribute: '22222222-2222-4222-8222-222222222222',
    type: 'domain',
    category: 'Network activity',
    comment: '',
    tlp: 'green',
    tags: ['tlp:green'],
    techniques: ['T1566'],
    severity: 'high',
    confidence: 75,
    firstSeen: 1_700_000_000,
    lastSeen: 1_700_000_100,
    updated: 1_700_000_200,
    stopped: undefined,
    stoppedFor: {},
    ...fields,
  };
}

/** A domain that an exporter wrote, for tests; every field can be replaced. */
export function aKnownDomain(value: string, fields: Partial<KnownIndicator> = {}): KnownIndicator {
  return {
    kind: 'domain',
    value,
    direction: undefined,
    port: undefined,
    origins: [aKnownOrigin()],
    artefacts: [{ exporter: 'suricata', file: 'misp.rules', id: 'sid 1' }],
    ...fields,
  };
}
