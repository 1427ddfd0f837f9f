import { existsSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { indicator, source, stage } from '../../testing/pipeline.ts';
import { Engine, many, ReleaseSite } from '../../testing/release-site.ts';
import type { Source } from '../plugin.ts';

let site: ReleaseSite;

beforeEach(() => {
  site = new ReleaseSite();
});

afterEach(() => site.remove());

const from = (built: Source) => ({ ...site.config([]), sources: [stage('feed', 'source', built)] });

describe('plan and apply', () => {
  it('publish what was planned, and only that', async () => {
    await site.run(site.config(['a.example']));
    const planned = await site.plan(site.config(['b.example']));
    expect(site.live()).toEqual(['a.example']);
    expect(planned.exporters[0]).toMatchObject({ changes: { added: 1, withdrawn: 1 }, published: undefined });
    const applied = await site.apply(site.config([]), planned.fingerprint);
    expect(site.live()).toEqual(['b.example']);
    const current = readlinkSync(join(site.dir, 'out', 'current')).split('/')[1];
    expect(applied.exporters[0]?.published.generation).toBe(current);
    expect(site.releases()).toEqual(['2 live apply', '1 live run']);
  });

  it('make the same plan of the same input', async () => {
    await site.run(site.config(['a.example']));
    const plans = [await site.plan(site.config(['b.example'])), await site.plan(site.config(['b.example']))];
    expect(plans[0]?.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(plans[0]?.fingerprint).toBe(plans[1]?.fingerprint);
    expect(site.releases()).toEqual(['2 planned run', '1 live run']);
  });

  it('plan nothing when nothing is new', async () => {
    await site.run(site.config(['a.example']));
    const nothing = { release: undefined, fingerprint: undefined };
    expect(await site.plan(site.config(['a.example']))).toMatchObject(nothing);
    await expect(site.apply(site.config(['a.example']))).rejects.toThrow('there is no plan to apply: ');
  });

  it('refuse a plan of another config', async () => {
    const { fingerprint } = await site.plan(site.config(['a.example']));
    const changed = { ...site.config([]), shown: { filters: 'others' } };
    await expect(site.apply(changed, fingerprint)).rejects.toThrow('the config has changed since');
    expect(existsSync(join(site.dir, 'out', 'current'))).toBe(false);
  });

  it('say of a plan that failed that it failed', async () => {
    const engine = new Engine();
    await site.run(site.config(['a.example'], engine.exporter));
    const { fingerprint } = await site.plan(site.config(['b.example'], engine.exporter));
    engine.isWell = false;
    const apply = () => site.apply(site.config([], engine.exporter), fingerprint);
    await expect(apply()).rejects.toMatchObject({ code: 'RELOAD_FAILED' });
    await expect(apply()).rejects.toThrow('stale: it was taken back: `out` was not confirmed');
  });
});

describe('a plan is stale', () => {
  async function changeFiles(): Promise<void> {
    const [exporter] = site.history(({ releases }) => releases.newest('planned'))?.exporters ?? [];
    writeFileSync(join(site.dir, 'out', 'generations', exporter?.generation ?? '', 'all.txt'), 'evil.example\n');
  }

  it.each<[string, (fingerprint: string) => Promise<unknown>, string]>([
    ['a newer plan', () => site.plan(site.config(['c.example'])), 'has replaced it'],
    ['a run that published', () => site.run(site.config(['c.example'])), 'a later run has replaced it'],
    ['the same plan applied', (fingerprint) => site.apply(site.config([]), fingerprint), 'it was applied'],
    ['its files were changed', changeFiles, 'the files of `out` are gone, or were changed'],
    ['a run that a guard refused', () => site.run(site.config([])).catch(() => {}), 'a later run has replaced it'],
  ])('after %s', async (_what, happen, why) => {
    await site.run(site.config(['a.example']));
    const { fingerprint = '' } = await site.plan(site.config(['b.example']));
    await happen(fingerprint);
    const before = site.live();
    await expect(site.apply(site.config([]), fingerprint)).rejects.toMatchObject({
      code: 'PLAN_STALE',
      message: expect.stringContaining(why),
    });
    expect(site.live()).toEqual(before);
  });
});

describe('a plan stays', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['a dry run', () => site.run(site.config(['b.example', 'c.example']), { dryRun: true })],
    ['a rollback to a release that is unknown', () => site.back(site.config([]), { release: 99 })],
    [
      'a run that could not read its sources',
      () =>
        site.run(
          from({
            // biome-ignore lint/correctness/useYield: it fails before it has anything
            async *read() {
              throw new Error('unreachable');
            },
          }),
        ),
    ],
  ])('after %s', async (_what, happen) => {
    await site.run(site.config(['a.example']));
    const { fingerprint } = await site.plan(site.config(['b.example']));
    await happen().catch(() => {});
    await site.apply(site.config([]), fingerprint);
    expect(site.live()).toEqual(['b.example']);
  });
});

describe('what is planned', () => {
  it('is not live for whoever asks', async () => {
    await site.run(site.config(['a.example']));
    await site.plan(site.config(['b.example']));
    expect(site.lives('b.example')).toEqual([]);
    expect(site.lives('a.example')).toMatchObject([{ since: 1, until: undefined, cause: undefined }]);
  });

  it('is not what a dry run compares with', async () => {
    await site.run(site.config(['a.example']));
    await site.plan(site.config(['b.example']));
    const dry = await site.run(site.config(['b.example', 'c.example']), { dryRun: true });
    expect(dry.exporters[0]?.changes).toMatchObject({ before: 1, added: 2, withdrawn: 1 });
  });

  it('to go has its reason heard all the same when a run lets it go', async () => {
    await site.run(site.config(['a.example', 'b.example']));
    await site.plan(site.config(['b.example']));
    const whole = source([indicator('b.example')]);
    const read: Source['read'] = (signal, intake) => {
      intake.reject('skipped:to-ids', { value: 'a.example', place: '' });
      return whole.read(signal, intake);
    };
    const report = await site.run(from({ read }));
    expect(report.exporters[0]?.changes?.causes).toEqual({ 'skipped:to-ids': 1 });
  });
});

describe('guards', () => {
  it('hold a plan back until they are content', async () => {
    await site.run(site.config(many(300)));
    await site.plan(site.config(many(100)));
    await expect(site.apply(site.config([]))).rejects.toMatchObject({ code: 'GUARD_REFUSED', exitCode: 8 });
    await site.apply(site.config([]), undefined, ['withdrawn:out']);
    expect(site.live()).toHaveLength(100);
  });
});
