import { SEVERITIES, TLP_LABELS } from '@misp-pipeline/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aKnownIndicator, aKnownOrigin } from '../../testing/known.ts';
import type { KnownIndicator, KnownOrigin, Match } from '../known.ts';
import { answerFor } from './answer-for.ts';
import { admits, CEILINGS, type Ceiling, NO_CEILING } from './ceiling.ts';

const GREEN: Ceiling = { max: 'green', unmarked: 'amber' };
const READINGS = [{ kind: 'domain', value: 'evil.example' }] as const;

function answer(fields: Partial<KnownIndicator>, ceiling = NO_CEILING) {
  const match: Match = { relation: 'exact', indicator: aKnownIndicator(fields) };
  return answerFor('evil[.]example', READINGS, [match], ceiling);
}

const LISTED = { filter: 'lists', reason: 'warninglist:alexa', detail: 'exact: entry `evil.example` of "Top sites"' };
const ARTEFACTS = [
  { exporter: 'suricata', file: 'misp.rules', id: 'sid 7' },
  { exporter: 'sigma', file: 'rules/dns.yml', id: undefined },
];

describe('answerFor', () => {
  it('says live when the indicator stands in an artefact', () => {
    expect(answer({ artefacts: ARTEFACTS })).toMatchObject({
      ...{ value: 'evil[.]example', readings: ['evil.example'], verdict: 'live' },
      indicators: [{ verdict: 'live', relation: 'exact', artefacts: ARTEFACTS }],
    });
  });

  it('says known when it passed and stands in none', () => {
    expect(answer({}).verdict).toBe('known');
  });

  it('says dropped, by which filter and list entry', () => {
    const { verdict, indicators } = answer({ origins: [aKnownOrigin({ stopped: LISTED })] });
    expect(verdict).toBe('dropped');
    expect(indicators[0]).toMatchObject({
      origins: [{ stopped: LISTED }],
      warninglists: [{ list: 'alexa', detail: LISTED.detail }],
    });
  });

  it('says absent when nothing covers the value', () => {
    expect(answerFor('x', [], [], NO_CEILING)).toEqual({
      ...{ value: 'x', readings: [], verdict: 'absent', summary: undefined, indicators: [] },
    });
  });

  it('names the warninglists that only tagged an indicator', () => {
    const tagged = aKnownOrigin({ tags: ['warninglist:many', 'tlp:clear'] });
    expect(answer({ origins: [tagged] }).indicators[0]?.warninglists).toEqual([{ list: 'many', detail: undefined }]);
  });

  it('answers an indicator without a visible origin like one that is unknown', () => {
    const red = answer({ origins: [aKnownOrigin({ tlp: 'red' })], artefacts: ARTEFACTS }, GREEN);
    expect(red).toEqual(answerFor('evil[.]example', READINGS, [], GREEN));
  });

  it('shows an artefact only when a visible origin passed for its exporter', () => {
    const origins = [
      aKnownOrigin({ stoppedFor: { suricata: { filter: 'age', reason: 'age:expired', detail: undefined } } }),
      aKnownOrigin({ tlp: 'red', attribute: 'b' }),
    ];
    expect(answer({ origins, artefacts: ARTEFACTS }).indicators[0]?.artefacts).toHaveLength(2);
    expect(answer({ origins, artefacts: ARTEFACTS }, GREEN).indicators[0]?.artefacts).toEqual([ARTEFACTS[1]]);
    const dropped = [aKnownOrigin({ stopped: LISTED }), aKnownOrigin({ tlp: 'red', attribute: 'b' })];
    expect(answer({ origins: dropped, artefacts: ARTEFACTS }, GREEN)).toMatchObject({
      verdict: 'dropped',
      indicators: [{ artefacts: [] }],
    });
  });

  it('counts what is unmarked as it is told', () => {
    const origins = [aKnownOrigin({ tlp: undefined })];
    expect(answer({ origins }, GREEN).verdict).toBe('absent');
    expect(answer({ origins }, { max: 'green', unmarked: 'green' }).verdict).toBe('known');
  });

  it('tells a label that TLP does not define only where there is no ceiling', () => {
    const origins = [aKnownOrigin({ tlp: 'unknown' })];
    expect(CEILINGS.map((max) => answer({ origins }, { max, unmarked: 'clear' }).verdict)).toEqual(
      CEILINGS.map(() => 'absent'),
    );
    expect(answer({ origins }).verdict).toBe('known');
  });

  it('sums up what visible origins say', () => {
    const origins = [
      aKnownOrigin({ tags: ['b', 'a'], severity: 'low', confidence: 0, firstSeen: 5, lastSeen: 6, techniques: ['T1'] }),
      aKnownOrigin({ attribute: 'b', tlp: 'green', tags: ['c'], severity: 'medium', firstSeen: 0, lastSeen: 9 }),
      aKnownOrigin({ attribute: 'c', tlp: 'red', tags: ['secret'], confidence: 99, lastSeen: 99 }),
    ];
    expect(answer({ origins }, GREEN).summary).toEqual({
      ...{ tlp: 'green', tags: ['a', 'b', 'c'], techniques: ['T1'], severity: 'medium', confidence: 0 },
      ...{ firstSeen: 0, lastSeen: 9, updated: undefined, sources: ['osint'], organisations: ['CERT'] },
      ...{ events: 1, attributes: 2 },
    });
  });
});

describe('the ceiling', () => {
  const stopped = fc.option(
    fc.constantFrom(LISTED, { filter: 'tlp', reason: 'tlp:red', detail: 'red is above green' }),
    { nil: undefined },
  );
  const stoppedFor = fc.dictionary(fc.constantFrom('suricata', 'sigma', '__proto__'), fc.constant(LISTED));
  const number = fc.option(fc.nat(100), { nil: undefined });
  const origin: fc.Arbitrary<KnownOrigin> = fc.record({
    source: fc.constantFrom('a', 'b'),
    event: fc.record({
      ...{ uuid: fc.constantFrom('e1', 'e2', 'e3'), title: fc.string(), date: fc.constant(''), org: fc.string() },
    }),
    ...{ attribute: fc.uuid(), type: fc.constant('domain'), category: fc.string(), comment: fc.string() },
    tlp: fc.option(fc.constantFrom(...TLP_LABELS), { nil: undefined }),
    ...{ tags: fc.array(fc.string()), techniques: fc.array(fc.string()), severity: fc.constantFrom(...SEVERITIES) },
    ...{ confidence: number, firstSeen: number, lastSeen: number, updated: number, stopped, stoppedFor },
  });
  const match: fc.Arbitrary<Match> = fc.record({
    relation: fc.constantFrom('exact', 'host', 'parent-domain', 'inside-range'),
    indicator: fc.record({
      kind: fc.constantFrom('domain', 'hostname'),
      ...{ value: fc.constantFrom('evil.example', 'b.example'), direction: fc.constant(undefined) },
      ...{ port: fc.constant(undefined), origins: fc.array(origin, { minLength: 1, maxLength: 4 }) },
      artefacts: fc.subarray(ARTEFACTS),
    }),
  });
  const ceiling = fc.record({ max: fc.constantFrom(...CEILINGS), unmarked: fc.constantFrom(...CEILINGS) });

  /** The same matches as if nothing above the ceiling had ever been said. */
  const without = (matches: readonly Match[], below: Ceiling): Match[] =>
    matches
      .map(({ relation, indicator }) => ({
        relation,
        indicator: { ...indicator, origins: indicator.origins.filter(({ tlp }) => admits(below, tlp)) },
      }))
      .filter(({ indicator }) => indicator.origins.length > 0);

  it('makes what is above it without influence on any byte of the answer', () => {
    fc.assert(
      fc.property(fc.array(match, { maxLength: 4 }), ceiling, (matches, below) => {
        const bytes = (found: readonly Match[]) => JSON.stringify(answerFor('v', READINGS, found, below));
        expect(bytes(matches)).toBe(bytes(without(matches, below)));
      }),
      { numRuns: 1000 },
    );
  });

  it('admits no red and nothing undefined below green', () => {
    fc.assert(
      fc.property(fc.array(match, { maxLength: 4 }), (matches) => {
        for (const indicator of answerFor('v', READINGS, matches, GREEN).indicators) {
          for (const { tlp } of indicator.origins) expect(['clear', 'green']).toContain(tlp);
        }
      }),
    );
  });
});
