import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { indicator, source, stage } from '../../testing/pipeline.ts';
import { Engine, many, ReleaseSite } from '../../testing/release-site.ts';
import type { Indicator } from '../indicator.ts';
import type { Source } from '../plugin.ts';

let site: ReleaseSite;

beforeEach(() => {
  site = new ReleaseSite();
});

afterEach(() => site.remove());

/** A source that says something of itself first. */
function speaking(values: readonly string[], first: (intake: Parameters<Source['read']>[1]) => void): Source {
  const whole = source(values.map((value) => indicator(value)));
  return {
    read(signal, intake) {
      first(intake);
      return whole.read(signal, intake);
    },
  };
}

const from = (built: Source) => ({ ...site.config([]), sources: [stage('feed', 'source', built)] });

const PROBLEM = { message: 'cut off', place: 'page 2' };

describe('guards', () => {
  it('refuse when too much goes, until that is accepted', async () => {
    await site.run(site.config(many(300)));
    await expect(site.run(site.config(many(100)))).rejects.toMatchObject({
      ...{ code: 'GUARD_REFUSED', exitCode: 8 },
      message: expect.stringContaining('withdrawn:out: 200 of 300 indicators would be withdrawn, more than 50 %'),
    });
    expect(site.live()).toHaveLength(300);
    const report = await site.run(site.config(many(100)), { accept: ['withdrawn:out'] });
    expect(report.guard).toMatchObject([{ id: 'withdrawn:out', accepted: true }]);
    expect(site.live()).toHaveLength(100);
  });

  it('refuse when nothing would stay, or far too much comes', async () => {
    await site.run(site.config(many(20)));
    await expect(site.run(site.config([]))).rejects.toThrow('empty:out: none of its 20 indicators would stay');
    await expect(site.run(site.config(many(400)))).rejects.toThrow('added:out: 380 indicators would come to 20');
    await expect(site.run(site.config(many(400)), { accept: ['added'] })).resolves.toMatchObject({ release: 2 });
  });

  it('let an incomplete source add, but not withdraw', async () => {
    const broken = (values: readonly string[]) => from(speaking(values, (intake) => intake.problem(PROBLEM)));
    await site.run(site.config(['a.example', 'b.example']));
    const added = await site.run(broken(['a.example', 'b.example', 'c.example']));
    expect(added).toMatchObject({ release: 2, guard: [] });
    await expect(site.run(broken(['c.example']))).rejects.toThrow(
      'incomplete:feed: a part could not be read, and 2 of its indicators would be withdrawn',
    );
    const accepted = await site.run(broken(['c.example']), { accept: ['incomplete'] });
    expect(accepted.exporters[0]?.changes).toMatchObject({ withdrawn: 2, causes: { unreadable: 2 } });
    const always = { ...site.config([]).guard, incomplete: 'always' as const };
    await expect(site.run({ ...broken(many(5)), guard: always })).rejects.toThrow(
      'incomplete:feed: a part could not be read',
    );
  });

  it('are not misled by what another source says of a value that an incomplete one lost', async () => {
    const own = (one: Indicator): Indicator => ({
      ...one,
      origins: one.origins.map((origin) => ({ ...origin, source: 'whole' })),
    });
    const both = (values: readonly string[], first: Parameters<typeof speaking>[1]) => {
      const whole = speaking([], first);
      const read: Source['read'] = async function* (signal, intake) {
        yield* whole.read(signal, intake);
        yield values.map((value) => own(indicator(value)));
      };
      const other = speaking(['x.example'], (intake) => {
        intake.reject('skipped:to-ids', { value: 'b.example', place: '' });
      });
      return { ...site.config([]), sources: [stage('whole', 'source', { read }), stage('feed', 'source', other)] };
    };
    await site.run(both(['a.example', 'b.example'], () => {}));
    await expect(site.run(both(['a.example'], (intake) => intake.problem(PROBLEM)))).rejects.toThrow(
      'incomplete:whole: a part could not be read, and 1 of its indicators',
    );
  });

  it('refuse data that its origin has not confirmed for too long', async () => {
    const threeDaysAgo = new Date(Date.now() - 3 * 86_400_000);
    const old = from(speaking(['a.example'], (intake) => intake.asOf(threeDaysAgo)));
    await expect(site.run({ ...old, guard: { ...old.guard, maxAge: '2d' } })).rejects.toThrow('stale:feed');
    await expect(site.run({ ...old, guard: { ...old.guard, maxAge: '4d' } })).resolves.toMatchObject({ guard: [] });
  });
});

describe('what was rolled back', () => {
  const REFUSED = (release: number) => `rolled-back: this would bring back release ${release}`;

  it('is refused until something else is published, or it is accepted', async () => {
    await site.run(site.config(['a.example']));
    await site.run(site.config(['b.example']));
    await site.back(site.config([]));
    await expect(site.run(site.config(['b.example']))).rejects.toThrow(REFUSED(2));
    await expect(site.run(site.config(['c.example']))).resolves.toMatchObject({ release: 4, guard: [] });
    await expect(site.run(site.config(['b.example']))).resolves.toMatchObject({ release: 5, guard: [] });
  });

  it('is refused after any number of rollbacks', async () => {
    for (const value of ['a', 'b', 'c']) await site.run(site.config([`${value}.example`]));
    await site.back(site.config([]));
    await site.back(site.config([]));
    await expect(site.run(site.config(['c.example']))).rejects.toThrow(REFUSED(3));
    await expect(site.run(site.config(['b.example']))).rejects.toThrow(REFUSED(4));
  });

  it('is known again in a second copy of its generation', async () => {
    await site.run(site.config(['a.example']));
    await site.run(site.config(['b.example']));
    writeFileSync(join(site.dir, 'out', 'current', 'all.txt'), 'edited\n');
    await site.run(site.config(['b.example']));
    await site.back(site.config([]), { release: 1 });
    await expect(site.run(site.config(['b.example']))).rejects.toThrow(REFUSED(3));
  });

  it('is not refused when it is what is live anyway', async () => {
    const engine = new Engine();
    const same = () => site.run(site.config(['a.example'], engine.exporter));
    await same();
    site.rewrite('live', { unconfirmed: ['out'] });
    await same();
    await site.back(site.config([]), { release: 1 });
    await expect(same()).resolves.toMatchObject({ guard: [] });
  });
});
