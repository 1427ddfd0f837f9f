import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lines } from '../../testing/pipeline.ts';
import { Engine, ReleaseSite } from '../../testing/release-site.ts';

let site: ReleaseSite;

beforeEach(() => {
  site = new ReleaseSite();
});

afterEach(() => site.remove());

describe('rollBack', () => {
  it('makes an earlier release live again, as a release of its own', async () => {
    await site.run(site.config(['a.example']));
    await site.run(site.config(['b.example']));
    const report = await site.back(site.config([]));
    expect(site.live()).toEqual(['a.example']);
    expect(report.release).toMatchObject({ id: 3, by: 'rollback', restored: 1 });
    expect(site.at(3)).toEqual(['a.example']);
    expect(site.lives('b.example')).toMatchObject([{ since: 2, until: 3, cause: 'rolled-back' }]);
  });

  it('goes further back each time', async () => {
    for (const value of ['a', 'b', 'c']) await site.run(site.config([`${value}.example`]));
    await site.back(site.config([]));
    expect(site.live()).toEqual(['b.example']);
    await site.back(site.config([]));
    expect(site.live()).toEqual(['a.example']);
    await expect(site.back(site.config([]))).rejects.toMatchObject({ code: 'RELEASE_UNKNOWN' });
  });

  it('says which releases there are', async () => {
    await site.run(site.config(['a.example']));
    await expect(site.back(site.config([]))).rejects.toThrow('there is no earlier release');
    await expect(site.back(site.config([]), { release: 7 })).rejects.toMatchObject({
      context: { wanted: 'release `7`', known: 'only 1 was live yet' },
    });
    await site.run(site.config(['b.example']));
    await expect(site.back(site.config([]), { back: 2 })).rejects.toMatchObject({
      context: { wanted: 'earlier release', known: 'those that were live are 1 to 2' },
    });
    await site.back(site.config([]), { back: 1 });
    expect(site.live()).toEqual(['a.example']);
  });

  it('never goes to what an earlier rollback took away', async () => {
    for (const value of ['a', 'b']) await site.run(site.config([`${value}.example`]));
    await site.back(site.config([]));
    await site.run(site.config(['c.example']));
    await site.back(site.config([]));
    expect(site.live()).toEqual(['a.example']);
    await expect(site.back(site.config([]))).rejects.toMatchObject({ code: 'RELEASE_UNKNOWN' });
  });

  it('passes over releases that changed no file', async () => {
    const engine = new Engine();
    await site.run(site.config(['a.example'], engine.exporter));
    await site.run(site.config(['b.example'], engine.exporter));
    site.rewrite('live', { unconfirmed: ['out'] });
    await site.run(site.config(['b.example'], engine.exporter));
    await site.back(site.config([]));
    expect(site.live()).toEqual(['a.example']);
  });

  it('goes to a release by number or to what was live at a moment', async () => {
    const clock = { now: () => new Date('2026-01-01T00:00:00Z') };
    await site.run(site.config(['a.example']), { clock });
    await site.run(site.config(['b.example']));
    await site.run(site.config(['c.example']));
    await site.back(site.config([]), { release: 2 });
    expect(site.live()).toEqual(['b.example']);
    await site.back(site.config([]), { at: new Date('2026-01-01T12:00:00Z') });
    expect(site.live()).toEqual(['a.example']);
    await expect(site.back(site.config([]), { release: 99 })).rejects.toThrow('there is no release `99`');
    await expect(site.back(site.config([]), { at: new Date('2025-01-01') })).rejects.toThrow(
      'there is no release that was live at 2025-01-01',
    );
  });

  it('says what is missing when the files are gone', async () => {
    const short = (value: string) =>
      site.config([value], lines, { exporters: [site.exporter('out', lines, { keep: 1 })] });
    await site.run(short('a.example'));
    await site.run(short('b.example'));
    await expect(site.back(short('b.example'))).rejects.toMatchObject({ code: 'RELEASE_INCOMPLETE' });
    expect(site.live()).toEqual(['b.example']);
  });

  it('leaves exporters alone that the release did not have yet', async () => {
    const both = (value: string) =>
      site.config([value], lines, { exporters: [site.exporter('out'), site.exporter('second')] });
    await site.run(site.config(['a.example']));
    await site.run(both('b.example'));
    await site.back(both(''), { release: 1 });
    expect([site.live(), site.live('second')]).toEqual([['a.example'], ['b.example']]);
    expect([site.at(3), site.at(3, 'second')]).toEqual([['a.example'], ['b.example']]);
  });

  it('tells an engine that has not confirmed what it runs, also when its files stay', async () => {
    const engine = new Engine();
    const steady = site.exporter('second', {
      ...engine.exporter,
      render: (_all, output) => output.file('all.txt').write('same\n'),
    });
    const both = (value: string) => site.config([value], lines, { exporters: [site.exporter('out'), steady] });
    await site.run(both('a.example'));
    await site.run(both('b.example'));
    site.rewrite('live', { unconfirmed: ['second'] });
    await site.back(both(''));
    expect(engine.told).toEqual(['same (anew)', 'same (anew)']);
  });
});
