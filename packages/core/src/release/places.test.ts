import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lines } from '../../testing/pipeline.ts';
import { interposed } from '../../testing/place/faulty-fs.ts';
import { Engine, ReleaseSite } from '../../testing/release-site.ts';
import { placeOptions } from '../place/options.ts';
import type { Exporter } from '../plugin.ts';

let site: ReleaseSite;

beforeEach(() => {
  site = new ReleaseSite();
});

afterEach(() => site.remove());

const places = (overwrite = false) => placeOptions.parse([{ to: join(site.dir, 'engine'), overwrite }]);

const placing = (value: string, built: Exporter = lines, id = 'out') =>
  site.config([value], built, { exporters: [site.exporter(id, built, { places: places() })] });

/** No room for a file of that name, the n-th time that it is written. */
function noRoomFor(name: string, time = 1) {
  let times = 0;
  return interposed((_call, call, args) => {
    if (call === 'writeFileSync' && String(args[0]).endsWith(name) && ++times === time)
      throw Object.assign(new Error('ENOSPC: made up'), { code: 'ENOSPC' });
  });
}

describe('places', () => {
  it('get the files of what goes live, and again when somebody removes them', async () => {
    const engine = new Engine();
    const report = await site.run(placing('a.example', engine.exporter));
    expect(site.placed()).toEqual(['a.example']);
    const written = [join(site.dir, 'engine', 'all.txt')];
    expect(report.exporters[0]?.places).toMatchObject([{ written, unchanged: 0 }]);
    rmSync(join(site.dir, 'engine', 'all.txt'));
    await site.run(placing('a.example', engine.exporter));
    expect(site.placed()).toEqual(['a.example']);
    expect(engine.told).toHaveLength(2);
  });

  it('go back with everything else', async () => {
    const engine = new Engine();
    await site.run(placing('a.example', engine.exporter));
    engine.isWell = false;
    await expect(site.run(placing('b.example', engine.exporter))).rejects.toMatchObject({ code: 'RELOAD_FAILED' });
    expect(site.placed()).toEqual(['a.example']);
    engine.isWell = true;
    await site.run(placing('b.example', engine.exporter));
    await site.back(placing('', engine.exporter));
    expect(site.placed()).toEqual(['a.example']);
  });

  it('keep anything from going live that cannot be put into place', async () => {
    await site.run(site.config(['a.example']));
    mkdirSync(join(site.dir, 'engine'));
    writeFileSync(join(site.dir, 'engine', 'all.txt'), 'of somebody else');
    await expect(site.run(placing('b.example'))).rejects.toMatchObject({ code: 'PLACING_FAILED', exitCode: 3 });
    expect([site.live(), site.placed()]).toEqual([['a.example'], ['of somebody else']]);
    const taking = [site.exporter('out', lines, { places: places(true) })];
    await site.run(site.config(['b.example'], lines, { exporters: taking }));
    expect([site.live(), site.placed()]).toEqual([['b.example'], ['b.example']]);
  });

  it('go over to an exporter that was renamed', async () => {
    await site.run(placing('a.example'));
    await site.run(placing('b.example', lines, 'renamed'));
    await site.run(placing('c.example', lines, 'renamed'));
    expect(site.placed()).toEqual(['c.example']);
  });
});

describe('when a disk fails', () => {
  it('everything goes back where places cannot be finished, and the engines are told', async () => {
    const engine = new Engine();
    await site.run(placing('a.example', engine.exporter));
    const calls = noRoomFor('journal.json.next', 3);
    const run = site.run(placing('b.example', engine.exporter));
    await expect(run.finally(() => calls.restore())).rejects.toMatchObject({ code: 'PLACING_FAILED' });
    expect([site.live(), site.placed()]).toEqual([['a.example'], ['a.example']]);
    expect(engine.told).toEqual(['a.example (anew)', 'b.example', 'a.example']);
    expect(site.releases()).toEqual([expect.stringContaining('no room is left'), '1 live run']);
  });

  it('everything stays where only clearing away fails, which the next run does', async () => {
    await site.run(placing('a.example'));
    const calls = noRoomFor('placed.json.next');
    await site.run(placing('b.example')).finally(() => calls.restore());
    expect([site.live(), site.placed()]).toEqual([['b.example'], ['b.example']]);
    await site.run(placing('b.example'));
    expect(readdirSync(join(site.dir, 'engine'))).toEqual(['all.txt']);
  });

  it('everything goes back where a folder cannot be switched', async () => {
    const both = (value: string) => {
      const exporters = [site.exporter('out', lines, { places: places() }), site.exporter('second')];
      return site.config([value], lines, { exporters });
    };
    await site.run(both('a.example'));
    const calls = interposed((_call, name, args) => {
      if (name === 'renameSync' && args[1] === join(site.dir, 'second', 'current')) throw new Error('EIO: made up');
    });
    await expect(site.run(both('b.example')).finally(() => calls.restore())).rejects.toThrow(
      `nothing can be published into \`${join(site.dir, 'second')}\`: EIO: made up`,
    );
    expect([site.live(), site.live('second'), site.placed()]).toEqual([['a.example'], ['a.example'], ['a.example']]);
    expect(site.releases()).toEqual([expect.stringMatching(/^2 failed run .*EIO: made up$/), '1 live run']);
  });
});
