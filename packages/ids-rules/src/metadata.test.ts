import { type Indicator, makeIndicator, type Origin } from '@misp-pipeline/core';
import { describe, expect, it } from 'vitest';
import { ruleMessage, ruleMetadata } from './metadata.ts';

function anOrigin(uuid: string, title = 'Phishing'): Origin {
  const event = { uuid, title, date: '', org: '', link: undefined };
  return { source: 'osint', event, attribute: 'a', type: 'domain', category: '', comment: '' };
}

function aDomain(fields: Partial<Indicator>): Indicator {
  return makeIndicator({ kind: 'domain', value: 'evil.example', ...fields });
}

const origins = [1, 2, 3, 4, 5].map((n) => anOrigin(`${n}`.repeat(8), `Event ${n}`));

describe('ruleMessage', () => {
  it('names the value, the first event and the number of further origins', () => {
    expect(ruleMessage(aDomain({ origins: origins.slice(0, 3) }), 'domain')).toBe(
      'MISP domain evil.example (Event 1 +2)',
    );
  });

  it('does without an event', () => {
    expect(ruleMessage(aDomain({ origins: [] }), 'domain')).toBe('MISP domain evil.example');
  });
});

describe('ruleMetadata', () => {
  it('lists what is known, in a fixed order', () => {
    const indicator = aDomain({
      origins: [anOrigin('aaaa')],
      tlp: 'amber+strict',
      confidence: 75,
      firstSeen: 1_760_000_000,
      lastSeen: 1_763_000_000,
      techniques: ['T1071', 'T1071.004'],
    });
    expect(ruleMetadata(indicator, ['misp_match host-only'])).toBe(
      'misp_kind domain, misp_event aaaa, tlp amber+strict, confidence_score 75, first_seen 2025-10-09, ' +
        'last_seen 2025-11-13, mitre_technique_id T1071, mitre_technique_id T1071.004, misp_match host-only',
    );
  });

  it('names each event once, and three at most with the number of all', () => {
    expect(ruleMetadata(aDomain({ origins: [...origins, ...origins] }))).toBe(
      'misp_kind domain, misp_event 11111111, misp_event 22222222, misp_event 33333333, misp_events 5',
    );
  });

  it('stays short and well-formed whatever it is given', () => {
    const indicator = aDomain({
      origins: [anOrigin(`x, y; ${'z'.repeat(9000)}`)],
      techniques: Array.from({ length: 500 }, (_, i) => `T${i};,`),
      firstSeen: -1e15,
      lastSeen: 1e15,
    });
    const metadata = ruleMetadata(indicator);
    expect(metadata.length).toBeLessThan(500);
    expect(metadata).toMatch(/^[a-z_]+ [\w.:/+-]+(?:, [a-z_]+ [\w.:/+-]+)*$/);
  });
});
