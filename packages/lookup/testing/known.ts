import type { KnownIndicator, KnownOrigin } from '../src/known.ts';

/** What an attribute says, for tests; every field can be replaced. */
export function aKnownOrigin(fields: Partial<KnownOrigin> = {}): KnownOrigin {
  return {
    source: 'osint',
    event: { uuid: '11111111-1111-4111-8111-111111111111', title: 'Phishing wave', date: '2026-11-20', org: 'CERT' },
    ...{ attribute: '22222222-2222-4222-8222-222222222222', type: 'domain', category: 'Network activity', comment: '' },
    ...{ tlp: 'clear', tags: [], techniques: [], severity: 'high', confidence: undefined },
    ...{ firstSeen: undefined, lastSeen: undefined, updated: undefined, stopped: undefined, stoppedFor: {} },
    ...fields,
  };
}

/** A domain that the index knows, for tests; every field can be replaced. */
export function aKnownIndicator(fields: Partial<KnownIndicator> = {}): KnownIndicator {
  return {
    ...{ kind: 'domain', value: 'evil.example', direction: undefined, port: undefined },
    ...{ origins: [aKnownOrigin()], artefacts: [] },
    ...fields,
  };
}
