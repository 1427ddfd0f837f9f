import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Engine, ReleaseSite } from '../../testing/release-site.ts';

let site: ReleaseSite;

beforeEach(() => {
  site = new ReleaseSite();
});

afterEach(() => site.remove());

const both = (value: string) =>
  site.config([value], undefined, { exporters: [site.exporter('out'), site.exporter('second')] });

describe('a run after a crash', () => {
  it('tells the engine again of a release that was cut short', async () => {
    const engine = new Engine();
    await site.run(site.config(['a.example'], engine.exporter));
    site.rewrite('live', { state: 'publishing', unconfirmed: ['out'] });
    await site.run(site.config(['a.example'], engine.exporter));
    expect(engine.told).toEqual(['a.example (anew)', 'a.example (anew)']);
    expect(site.releases()).toEqual(['2 live run', '1 live run']);
  });

  it('takes back a release whose files are gone, and tells the engine again', async () => {
    const engine = new Engine();
    await site.run(site.config(['a.example'], engine.exporter));
    await site.plan(site.config(['b.example'], engine.exporter));
    site.rewrite('planned', { state: 'publishing', unconfirmed: ['out'] });
    const release = site.history(({ releases }) => releases.newest('publishing'));
    const generation = release?.exporters[0]?.generation ?? '';
    rmSync(join(site.dir, 'out', 'generations', generation), { recursive: true });
    const report = await site.run(site.config(['a.example'], engine.exporter));
    expect(report.exporters[0]?.changes).toMatchObject({ added: 0, withdrawn: 0 });
    expect(engine.told).toEqual(['a.example (anew)', 'a.example (anew)']);
    expect(site.releases()).toEqual(['3 live run', '2 failed run cut short, and its files were gone', '1 live run']);
  });

  it('does not stop at an exporter whose folder is gone', async () => {
    await site.run(both('a.example'));
    await site.plan(both('b.example'));
    site.rewrite('planned', { state: 'publishing' });
    rmSync(join(site.dir, 'second'), { recursive: true });
    await site.run(both('a.example'));
    expect([site.live(), site.live('second')]).toEqual([['a.example'], ['a.example']]);
  });

  it('says what stands where `current` was, and goes on when it is away', async () => {
    await site.run(both('a.example'));
    await site.plan(both('b.example'));
    site.rewrite('planned', { state: 'publishing' });
    const current = join(site.dir, 'second', 'current');
    rmSync(current);
    mkdirSync(current);
    await expect(site.run(both('b.example'))).rejects.toMatchObject({ code: 'OUTPUT_OCCUPIED' });
    rmSync(current, { recursive: true });
    await site.run(both('b.example'));
    expect([site.live(), site.live('second')]).toEqual([['b.example'], ['b.example']]);
  });
});

describe('a state folder that cannot be recovered', () => {
  it('is let go, so that a process that lives on can try again', async () => {
    await site.run(site.config(['a.example']));
    const journal = join(site.state, 'places', 'journal.json');
    mkdirSync(join(site.state, 'places'), { recursive: true });
    writeFileSync(journal, '{');
    for (const act of [site.run.bind(site), site.back.bind(site)])
      for (let time = 0; time < 2; time++)
        await expect(act(site.config(['b.example']))).rejects.toMatchObject({ code: 'PLACING_FAILED' });
    rmSync(journal);
    await site.run(site.config(['b.example']));
    expect(site.live()).toEqual(['b.example']);
  });
});
