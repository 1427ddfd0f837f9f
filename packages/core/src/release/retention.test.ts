import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lines } from '../../testing/pipeline.ts';
import { Engine, many, ReleaseSite } from '../../testing/release-site.ts';
import type { PipelineConfig } from '../config/config.ts';
import type { Exporter } from '../plugin.ts';

let site: ReleaseSite;

beforeEach(() => {
  site = new ReleaseSite();
});

afterEach(() => site.remove());

const keeping = (keep: number, value: string, built: Exporter = lines) =>
  site.config([value], built, { exporters: [site.exporter('out', built, { keep })] });

const generations = () => readdirSync(join(site.dir, 'out', 'generations'));

describe('generations', () => {
  it('of a release that failed do not push out the one that a rollback needs', async () => {
    const engine = new Engine();
    await site.run(keeping(2, 'a.example', engine.exporter));
    await site.run(keeping(2, 'b.example', engine.exporter));
    engine.isWell = false;
    const failing = site.run(keeping(2, 'c.example', engine.exporter));
    await expect(failing).rejects.toMatchObject({ code: 'RELOAD_FAILED' });
    engine.isWell = true;
    await site.run(keeping(2, 'd.example', engine.exporter));
    expect(generations()).toHaveLength(2);
    await site.back(keeping(2, '', engine.exporter));
    expect(site.live()).toEqual(['b.example']);
  });

  it('do not pile up while nothing but plans is made', async () => {
    for (const value of many(5)) await site.plan(keeping(2, value));
    expect(generations()).toHaveLength(3);
  });
});

describe('releases', () => {
  const DAY = 86_400_000;
  const START = Date.parse('2026-01-01T00:00:00Z');
  const run = (day: number, value: string, keep: number, more: Partial<PipelineConfig> = {}) =>
    site.run({ ...keeping(keep, value), ...more }, { clock: { now: () => new Date(START + day * DAY) } });

  it('are remembered for 400 days, with what was live then', async () => {
    for (const day of [0, 100, 200, 520]) await run(day, `d${day}.example`, 1);
    expect(site.releases()).toEqual(['4 live run', '3 live run', '2 live run', '1 forgotten run']);
    expect(site.at(2)).toEqual(['d100.example']);
    expect(site.lives('d0.example')).toEqual([]);
    await expect(site.back(keeping(1, ''), { release: 1 })).rejects.toMatchObject({ code: 'RELEASE_UNKNOWN' });
  });

  it('are remembered for as long as the config says', async () => {
    for (const day of [0, 100, 200, 520]) await run(day, `d${day}.example`, 1, { history: { keep: '310d' } });
    expect(site.releases()).toEqual(['4 live run', '3 live run', '2 forgotten run', '1 forgotten run']);
  });

  it('are remembered for longer when a rollback reaches further back', async () => {
    for (const day of [0, 100, 200, 900]) await run(day, `d${day}.example`, 3);
    expect(site.releases()).toEqual(['4 live run', '3 live run', '2 live run', '1 forgotten run']);
    await site.back(keeping(3, ''), { release: 2 });
    expect([site.live(), site.at(5)]).toEqual([['d100.example'], ['d100.example']]);
  });
});
