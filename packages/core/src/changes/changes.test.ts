import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { indicator } from '../../testing/pipeline.ts';
import { History } from '../history/history.ts';
import type { Indicator } from '../indicator.ts';
import { Collector } from '../run/collect.ts';
import type { ExporterChanges } from '../run/report.ts';
import { compareBytes } from './byte-order.ts';
import { Causes } from './causes.ts';
import { Comparison } from './compare.ts';
import { diffReleases } from './diff.ts';
import { ContentDigest } from './digest.ts';
import { LiveEntries } from './live-entries.ts';

let dir: string;
let history: History;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'changes-'));
  history = new History(dir);
});

afterEach(() => {
  history.close();
  rmSync(dir, { recursive: true });
});

const NOW = new Date('2026-01-02T00:00:00Z');

const collected = (indicators: readonly Indicator[]) => {
  const collector = new Collector();
  for (const one of indicators) collector.add(one);
  return collector.collected();
};

interface Release {
  readonly skipped?: readonly string[];
  readonly exporters?: readonly string[];
  readonly sources?: readonly string[];
  readonly incomplete?: readonly string[];
  readonly hear?: (causes: Causes) => void;
}

/** Makes a release of the indicators, and says what changes in the exporter `out`. */
function release(id: number, indicators: readonly Indicator[], options: Release = {}): ExporterChanges | undefined {
  const { skipped = [], exporters = ['out'], sources = ['feed'], incomplete = [], hear } = options;
  const all = collected(indicators);
  const skips = new Map([...all].filter(({ value }) => skipped.includes(value)).map((one) => [one, 'budget:rules']));
  const live = new LiveEntries(history.entries);
  const causes = new Causes(live);
  hear?.(causes);
  history.begin();
  const comparands = exporters.map((name) => ({
    ...{ id: name, collected: all, skipped: name === 'out' ? skips : new Map() },
    mask: history.exporters.maskOf(name),
  }));
  const comparing = { history, live, release: id, write: true, exporters: comparands, causes, now: NOW };
  const comparison = new Comparison({ ...comparing, sources: new Set(sources), incomplete: new Set(incomplete) }).run();
  history.commit();
  return comparison.changes().get('out');
}

const liveIn = (id: number) => [...history.entries.at(id)].map(({ value }) => value);

describe('Comparison', () => {
  it('tells what comes, what is said anew and what goes', () => {
    expect(release(1, [indicator('a.example'), indicator('b.example')])).toMatchObject({
      before: 0,
      after: 2,
      added: 2,
    });
    const changes = release(2, [indicator('b.example', { tags: ['new'] }), indicator('c.example')]);
    expect(changes).toMatchObject({ before: 2, after: 2, added: 1, changed: 1, withdrawn: 1, causes: { gone: 1 } });
    expect(changes?.examples.withdrawn).toEqual([
      { kind: 'domain', value: 'a.example', direction: undefined, port: undefined, events: ['e'], cause: 'gone' },
    ]);
    expect(release(3, [indicator('b.example', { tags: ['new'] }), indicator('c.example')])).toMatchObject({
      ...{ before: 2, after: 2, added: 0, changed: 0, withdrawn: 0 },
    });
  });

  it.each<[string, Release, readonly Indicator[], string]>([
    [
      'a filter dropped it',
      { hear: (causes) => causes.dropped(undefined, indicator('a.example'), 'tlp:red') },
      [],
      'tlp:red',
    ],
    [
      'a filter of the exporter dropped it',
      { hear: (causes) => causes.dropped('out', indicator('a.example'), 'age:expired') },
      [],
      'age:expired',
    ],
    [
      'its attribute is no longer for detection',
      { hear: (causes) => causes.rejected('feed', 'skipped:to-ids', { value: 'A.example|192.0.2.1', place: '' }) },
      [],
      'skipped:to-ids',
    ],
    ['the exporter has no room for it', { skipped: ['a.example'] }, [indicator('a.example')], 'budget:rules'],
    ['the config has no such source any more', { sources: ['other'] }, [], 'source-removed'],
    [
      'only another source said something of it',
      {
        sources: ['feed', 'second'],
        hear: (causes) => causes.rejected('second', 'skipped:x', { value: 'a.example', place: '' }),
      },
      [],
      'gone',
    ],
    ['nothing was heard of it', {}, [], 'gone'],
    ['a part of its source could not be read', { incomplete: ['feed'] }, [], 'unreadable'],
    ['a part of another source could not be read', { sources: ['feed', 'b'], incomplete: ['b'] }, [], 'gone'],
    [
      'its source said why, before a part of it could not be read',
      {
        incomplete: ['feed'],
        hear: (causes) => causes.rejected('feed', 'skipped:to-ids', { value: 'a.example', place: '' }),
      },
      [],
      'skipped:to-ids',
    ],
  ])('says why: %s', (_why, options, left, cause) => {
    release(1, [indicator('a.example'), indicator('b.example')]);
    expect(release(2, [...left, indicator('b.example')], options)?.causes).toEqual({ [cause]: 1 });
  });

  it('leaves alone what an exporter carries that the config does not name at the moment', () => {
    release(1, [indicator('a.example')], { exporters: ['out', 'other'] });
    expect(release(2, [indicator('a.example')])).toMatchObject({ added: 0, changed: 0, withdrawn: 0 });
    expect([...history.entries.at(2)].map(({ exporters }) => history.exporters.idsOf(exporters))).toEqual([
      ['out', 'other'],
    ]);
  });

  it('holds any two sets of values apart, whatever their characters', () => {
    const values = fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }), { maxLength: 20 });
    let id = 0;
    fc.assert(
      fc.property(values, values, (before, after) => {
        release(
          ++id,
          before.map((value) => indicator(value)),
        );
        const changes = release(
          ++id,
          after.map((value) => indicator(value)),
        );
        const kept = before.filter((value) => after.includes(value)).length;
        expect(changes).toMatchObject({ changed: 0, added: after.length - kept, withdrawn: before.length - kept });
        expect(liveIn(id)).toEqual([...after].sort(compareBytes));
      }),
    );
  });
});

describe('the entries of releases', () => {
  it('know what was live in each, and forget a release that was taken back', () => {
    release(1, [indicator('a.example'), indicator('b.example')]);
    release(2, [indicator('b.example'), indicator('c.example')]);
    release(3, [indicator('d.example')]);
    expect([1, 2, 3].map(liveIn)).toEqual([['a.example', 'b.example'], ['b.example', 'c.example'], ['d.example']]);
    history.entries.undo(3);
    expect(liveIn(3)).toEqual(['b.example', 'c.example']);
  });

  it('restore an earlier one, and tell the difference between any two', () => {
    release(1, [indicator('a.example', { tags: ['old'] }), indicator('b.example')]);
    release(2, [indicator('a.example'), indicator('c.example')]);
    history.entries.restore(1, 3, history.exporters.maskOf('out'));
    expect(liveIn(3)).toEqual(liveIn(1));
    expect(diffReleases(history, 1, 3).get('out')).toMatchObject({ added: 0, changed: 0, withdrawn: 0 });
    expect(diffReleases(history, 1, 2).get('out')).toMatchObject({ added: 1, changed: 1, withdrawn: 1 });
    expect(diffReleases(history, 2, 1).get('out')).toMatchObject({ added: 1, changed: 1, withdrawn: 1 });
    expect(history.entries.of('domain', 'c.example')).toMatchObject([{ since: 2, until: 3, cause: 'rolled-back' }]);
  });
});

describe('diffReleases', () => {
  it('says why a value went that was said anew in between, for each exporter', () => {
    const exporters = ['out', 'other'];
    release(1, [indicator('a.example'), indicator('b.example')], { exporters });
    release(2, [indicator('a.example', { tags: ['new'] }), indicator('b.example')], { exporters });
    const hear = (causes: Causes) => causes.rejected('feed', 'skipped:to-ids', { value: 'a.example', place: '' });
    release(3, [indicator('b.example')], { exporters, hear });
    release(4, [indicator('b.example'), indicator('c.example')], { exporters });
    for (const id of exporters)
      expect(diffReleases(history, 1, 4).get(id)).toMatchObject({ added: 1, causes: { 'skipped:to-ids': 1 } });
  });
});

describe('ContentDigest', () => {
  it('takes in a value of very many attributes of an event with a very long title', () => {
    const [first] = indicator('a.example').origins;
    if (first === undefined) throw new Error('no origin');
    const event = { ...first.event, title: 'x'.repeat(1 << 20) };
    const origins = Array.from({ length: 600 }, (_, i) => ({ ...first, event, attribute: `${i}` }));
    const digest = new ContentDigest();
    const whole = digest.of(indicator('a.example', { origins }));
    expect(digest.of(indicator('a.example', { origins: origins.slice(1) }))).not.toBe(whole);
  });
});

describe('LiveEntries', () => {
  it('holds every value that is live, and hardly any other', () => {
    const names = Array.from({ length: 5000 }, (_, i) => `host-${i}.example`);
    release(
      1,
      names.map((name) => indicator(name)),
    );
    const live = new LiveEntries(history.entries);
    expect(names.map((name) => live.hasValue(name))).not.toContain(false);
    expect(names.filter((name) => live.hasValue(`other-${name}`)).length).toBeLessThan(5);
  });
});
