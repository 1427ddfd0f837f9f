import { type EventContext, type Indicator, type IndicatorKind, makeIndicator, type Origin } from '@misp-pipeline/core';

/** An event for tests; every field can be replaced. */
export function anEvent(fields: Partial<EventContext> = {}): EventContext {
  return {
    uuid: '11111111-1111-4111-8111-111111111111',
    title: 'Phishing wave',
    date: '2026-11-20',
    org: 'Example CERT',
    link: undefined,
    ...fields,
  };
}

/** An origin for tests; every field can be replaced. */
export function anOrigin(fields: Partial<Origin> = {}): Origin {
  return {
    source: 'osint',
    event: anEvent(),
    attribute: '22222222-2222-4222-8222-222222222222',
    type: 'domain',
    category: 'Network activity',
    comment: '',
    ...fields,
  };
}

/** An indicator for tests: a canonical value of its kind, with one origin, and whatever else the test is about. */
export function anIndicator(kind: IndicatorKind, value: string, fields: Partial<Indicator> = {}): Indicator {
  return makeIndicator({ kind, value, tlp: 'clear', severity: 'high', origins: [anOrigin()], ...fields });
}
