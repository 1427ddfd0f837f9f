import { anEvent, anIndicator, anOrigin } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { contextLine } from './list-context.ts';

describe('contextLine', () => {
  it('says what the metadata of a rule say', () => {
    const events = ['1', '2'].map((digit) => anEvent({ uuid: digit.repeat(8), title: `Event ${digit}` }));
    const indicator = anIndicator('domain', 'evil.example', {
      tlp: 'amber+strict',
      confidence: 80,
      firstSeen: 1_760_000_000,
      lastSeen: 1_763_000_000,
      techniques: ['T1071', 'T1071.004'],
      origins: events.map((event) => anOrigin({ event })),
    });
    expect(JSON.parse(contextLine('evil.example', indicator, 2))).toEqual({
      value: 'evil.example',
      title: 'Event 1',
      others: 2,
      misp_kind: ['domain'],
      misp_event: ['11111111', '22222222'],
      tlp: ['amber+strict'],
      confidence_score: ['80'],
      first_seen: ['2025-10-09'],
      last_seen: ['2025-11-13'],
      mitre_technique_id: ['T1071', 'T1071.004'],
      misp_severity: ['high'],
    });
  });

  it.each(['"};{"value":"x"}', 'back\\slash', 'line\nfeed', '\u202eé\u{1f480}', '\ud83d', 'tab\t', '\u007f'])(
    'holds %j in one line of ASCII',
    (text) => {
      const event = anEvent({ title: text });
      const line = contextLine(text, anIndicator('user-agent', text, { origins: [anOrigin({ event })] }), 0);
      expect(line).toMatch(/^[\x20-\x7e]+$/);
      expect(JSON.parse(line)).toMatchObject({ value: text.toWellFormed() });
    },
  );
});
