import { anEvent, anIndicator, anOrigin } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { EvidenceReader } from './evidence.ts';

const reader = () => new EvidenceReader(new Date('2026-11-24T12:00:00Z'));
const seconds = (date: string) => Date.parse(date) / 1000;
const inEvent = (event: Parameters<typeof anEvent>[0], updated?: number) =>
  anIndicator('domain', 'evil.example', { updated, origins: [anOrigin({ event: anEvent(event) })] });

describe('EvidenceReader', () => {
  it('spans the days of events and of changes', () => {
    const evidence = reader().read([
      inEvent({ date: '2026-03-02' }, seconds('2026-04-01T23:59:59Z')),
      inEvent({ date: '2026-03-09' }),
    ]);
    expect(evidence).toMatchObject({ earliest: '2026-03-02', latest: '2026-04-01' });
  });

  it('leaves out days to come and what is no day', () => {
    const dates = ['2026-11-25', '9999-01-01', '2026-13-01', '2026-1-1', 'yesterday', ''];
    const evidence = reader().read([...dates, '2026-11-24'].map((date) => inEvent({ date }, seconds('2027-01-01'))));
    expect(evidence).toMatchObject({ earliest: '2026-11-24', latest: '2026-11-24' });
  });

  it('falls back to a fixed day when none is known', () => {
    expect(reader().read([inEvent({ date: '' })])).toMatchObject({ earliest: '1970-01-01', latest: '1970-01-01' });
  });

  it('counts an event once, whichever source it came from', () => {
    const uuid = '33333333-3333-4333-8333-333333333333';
    const indicators = [inEvent({ uuid }), inEvent({ uuid }), inEvent({})];
    expect(reader().read(indicators).events).toBe(2);
  });

  it('names events by link, or by UUID where there is none that fits', () => {
    const links = [
      'https://misp.example.org/events/view/1',
      'https://github.com/x/y.json',
      'https://misp.example.org/\n- x',
      undefined,
    ];
    const indicators = links.map((link, i) => inEvent({ link, uuid: `33333333-3333-4333-8333-33333333333${i}` }));
    expect(reader().read(indicators).references).toEqual([
      'https://misp.example.org/events/view/1',
      'urn:uuid:33333333-3333-4333-8333-333333333331',
      'urn:uuid:33333333-3333-4333-8333-333333333332',
      'urn:uuid:33333333-3333-4333-8333-333333333333',
    ]);
  });

  it('names ten events at most, the same ones in any order', () => {
    const indicators = Array.from({ length: 30 }, (_, i) =>
      inEvent({ link: `https://misp.example.org/events/view/${i}` }),
    );
    const { references } = reader().read(indicators);
    expect(references).toHaveLength(10);
    expect(reader().read([...indicators].reverse()).references).toEqual(references);
  });
});
