import { anEvent, anIndicator, anOrigin } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { LONGEST_LINE } from './dataset.ts';
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

  const titled = (title: string, techniques: readonly string[] = []) =>
    anIndicator('domain', 'evil.example', { techniques, origins: [anOrigin({ event: anEvent({ title }) })] });

  it('shortens a title for which the line has no room, since the engine would read no line behind it', () => {
    const line = contextLine('evil.example', titled('\u0444'.repeat(160), ['T1071', 'T1071.004']), 0);
    expect(line.length).toBeLessThanOrEqual(LONGEST_LINE);
    expect(line.length).toBeGreaterThan(LONGEST_LINE - 6);
    expect(JSON.parse(line)).toMatchObject({
      title: expect.stringMatching(/^\u0444{100,}$/),
      mitre_technique_id: ['T1071', 'T1071.004'],
    });
  });

  it('says nothing but the kind of a value that leaves no room for more', () => {
    const techniques = Array.from({ length: 8 }, (_, i) => `${i}`.repeat(100));
    const line = contextLine(`${'a'.repeat(60)}.`.repeat(4), titled('x', techniques), 0);
    expect(JSON.parse(line)).toEqual({ value: `${'a'.repeat(60)}.`.repeat(4), misp_kind: ['domain'] });
  });
});
