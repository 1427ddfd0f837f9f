import { afterEach, describe, expect, it } from 'vitest';
import type { KnownIndicator, LookupIndex, Match, Query } from '../src/known.ts';
import { aKnownIndicator, aKnownOrigin } from './known.ts';

/** Makes an index, apart from all others, that holds exactly these indicators, of a pipeline `test`. */
export type MakeIndex = (indicators: readonly KnownIndicator[]) => Promise<LookupIndex>;

/** What everybody who asks an index relies on, whichever store it is in. */
export function lookupIndexContract(makeIndex: MakeIndex): void {
  describe('index of known indicators', () => {
    const opened: LookupIndex[] = [];
    const indexOf = async (...indicators: readonly Partial<KnownIndicator>[]): Promise<LookupIndex> => {
      const index = await makeIndex(indicators.map(aKnownIndicator));
      opened.push(index);
      return index;
    };
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((index) => index.close()));
    });

    it('says what it was made from', async () => {
      const index = await indexOf({ value: 'a.example' }, { value: 'b.example' });
      expect(await index.snapshot()).toMatchObject({ pipeline: 'test', indicators: 2, built: '2026-11-24T00:00:00Z' });
    });

    it('finds a value itself with everything that is known of it', async () => {
      const known = aKnownIndicator({
        origins: [
          aKnownOrigin({ tlp: 'red', tags: ['tlp:red'], confidence: 0, firstSeen: 1, lastSeen: 2, updated: 3 }),
          aKnownOrigin({
            ...{
              source: 'cert',
              attribute: '33333333-3333-4333-8333-333333333333',
              comment: 'line\nbreak "quoted" \u2028 é',
            },
            stopped: { filter: 'tlp', reason: 'tlp:red', detail: undefined },
          }),
        ],
        artefacts: [{ exporter: 'suricata', file: 'misp.rules', id: 'sid 1' }],
      });
      const index = await indexOf(known);
      expect(await index.find([[{ kind: 'domain', value: 'evil.example' }]])).toEqual([
        [{ relation: 'exact', indicator: known }],
      ]);
    });

    it('finds a value in any direction and with any port, in one order', async () => {
      const address = { kind: 'ipv4', value: '192.0.2.1' } as const;
      const index = await indexOf(
        { ...address, direction: 'source', port: 443 },
        { ...address, direction: 'destination' },
        { ...address, direction: 'source', port: 80 },
        address,
      );
      const [matches = []] = await index.find([[address]]);
      expect(matches.map(({ indicator }) => [indicator.direction, indicator.port])).toEqual([
        [undefined, undefined],
        ['destination', undefined],
        ['source', 80],
        ['source', 443],
      ]);
    });

    it('finds nothing of another kind with the same text', async () => {
      const index = await indexOf({ kind: 'filename', value: 'evil.example' });
      expect(await index.find([[{ kind: 'domain', value: 'evil.example' }]])).toEqual([[]]);
    });

    it('finds the host of a URL, the domains above a host, and networks around an address', async () => {
      const index = await indexOf(
        { kind: 'url', value: 'http://a.b.evil.example/x' },
        { kind: 'hostname', value: 'a.b.evil.example' },
        { kind: 'domain', value: 'evil.example' },
        { kind: 'cidr', value: '192.0.2.0/24' },
        { kind: 'cidr', value: '192.0.0.0/16' },
        { kind: 'cidr', value: '2001:db8::/32' },
      );
      const queries: Query[][] = [
        [{ kind: 'url', value: 'http://a.b.evil.example/x' }],
        [{ kind: 'ipv4', value: '192.0.2.7' }],
        [{ kind: 'ipv4', value: '192.1.2.7' }],
        [{ kind: 'ipv6', value: '2001:db8::7' }],
        [{ kind: 'domain', value: 'notevil.example' }],
      ];
      expect((await index.find(queries)).map((matches) => matches.map(briefly))).toEqual([
        ['exact http://a.b.evil.example/x', 'host a.b.evil.example', 'parent-domain evil.example'],
        ['inside-range 192.0.2.0/24', 'inside-range 192.0.0.0/16'],
        [],
        ['inside-range 2001:db8::/32'],
        [],
      ]);
    });

    it('answers many questions in their order, also the same one twice and one without readings', async () => {
      const values = Array.from({ length: 2000 }, (_, i) => `host${i}.example`);
      const index = await indexOf(...values.map((value) => ({ value })));
      const queries: Query[][] = [...values, 'host7.example', 'no.example'].map((value) => [{ kind: 'domain', value }]);
      const answers = await index.find([...queries, []]);
      expect(answers.map((matches) => matches[0]?.indicator.value)).toEqual([
        ...values,
        'host7.example',
        undefined,
        undefined,
      ]);
    });

    it('holds values that look like the inside of a store', async () => {
      const values = [
        '__proto__',
        "'; DROP TABLE indicator",
        '*',
        '\n',
        '\r\n$3\r\nfoo\r\n',
        'ä'.repeat(4000),
        '\ud800',
        'a\0b',
      ];
      const index = await indexOf(...values.map((value) => ({ kind: 'mutex' as const, value })));
      const answers = await index.find(values.map((value) => [{ kind: 'mutex', value }]));
      // SQLite keeps text as UTF-8, which has no half of a surrogate pair.
      const whole = values.filter((value) => value.isWellFormed());
      expect(answers.flatMap((matches) => matches[0]?.indicator.value ?? []).filter((v) => v.isWellFormed())).toEqual(
        expect.arrayContaining(whole),
      );
    });

    it('may be empty', async () => {
      const index = await indexOf();
      expect(await index.find([[{ kind: 'domain', value: 'evil.example' }]])).toEqual([[]]);
      expect(await index.snapshot()).toMatchObject({ indicators: 0 });
    });
  });
}

function briefly({ relation, indicator }: Match): string {
  return `${relation} ${indicator.value}`;
}
