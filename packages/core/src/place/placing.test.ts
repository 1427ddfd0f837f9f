import { lstatSync, readFileSync, renameSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withoutLinks } from '../../testing/place/faulty-fs.ts';
import { never, Site } from '../../testing/place/site.ts';
import { preparePlacing } from './prepare.ts';
import { loadRecord, placedExporters } from './record.ts';
import { recoverPlacing } from './recover.ts';

let site: Site;

beforeEach(() => {
  site = new Site();
});

afterEach(() => site.remove());

const names = () => Object.keys(site.snapshot());

describe('preparePlacing', () => {
  it('touches nothing that an engine reads before `commit`', async () => {
    await site.place({ 'misp.rules': 'old' });
    const before = site.snapshot();
    const placing = await site.prepare({ 'misp.rules': 'new' });
    expect(site.snapshot()).toMatchObject(before);
    placing.undo();
    expect(site.snapshot()).toEqual(before);
  });

  it('copies the selected files, with folders, under their stripped names', async () => {
    await site.place(
      { 'lists/misp-ip': 'a:', 'rules/misp.xml': '<x/>', 'ossec.conf.snippet.xml': '' },
      { files: ['lists/*'], strip: 'lists' },
      { files: ['rules/**'] },
    );
    expect(names()).toEqual(['misp-ip', 'rules', 'rules/misp.xml']);
  });

  it('says what is done at each place', async () => {
    await site.place({ 'a.rules': '1', 'b.rules': '1', 'c.rules': '1' });
    const { reports } = await site.place(
      { 'a.rules': '1', 'b.rules': '2', 'd.rules': '1' },
      { files: ['*.rules', '*.lst'] },
    );
    expect(reports).toEqual([
      {
        exporter: 'e',
        place: site.engine,
        written: [site.path('b.rules'), site.path('d.rules')],
        corrected: [],
        removed: [site.path('c.rules')],
        takenOver: [],
        unchanged: 1,
        unmatched: ['*.lst'],
      },
    ]);
  });

  it('removes what a place had that is in the config no more', async () => {
    await site.place({ 'a.rules': '1' }, { to: site.path('x') });
    const placing = await site.place({ 'a.rules': '1' }, { to: site.path('y') });
    expect(names()).toEqual(['x', 'y', 'y/a.rules']);
    expect(placing.changes('e')).toBe(true);
  });

  it('leaves the files of exporters alone that are not asked for', async () => {
    await site.place({ 'a.rules': '1' });
    const other = { ...site.request({ 'b.rules': '1' }), exporter: 'f' };
    const placing = await preparePlacing([other], site.state, never);
    placing.commit();
    placing.finish();
    expect(names()).toEqual(['a.rules', 'b.rules']);
    expect(placedExporters(site.state)).toEqual(['e', 'f']);
    expect(placing.changes('e')).toBe(false);
  });

  it('lets a target take over the file of an exporter that is no more, and leaves its other files', async () => {
    await site.place({ 'a.rules': '1', 'b.rules': '1' });
    const other = { ...site.request({ 'b.rules': '2' }), exporter: 'f' };
    await expect(preparePlacing([other], site.state, never)).rejects.toThrow('files of `e` and `f` would stand at');
    const placing = await preparePlacing([other], site.state, never, new Set(['e']));
    placing.commit();
    placing.finish();
    expect([site.read('a.rules'), site.read('b.rules')]).toEqual(['1', '2']);
    expect(loadRecord(site.state).map(({ path, exporter }) => [path, exporter])).toEqual([
      [site.path('b.rules'), 'f'],
      [site.path('a.rules'), 'e'],
    ]);
  });

  it('leaves files alone, times included, that have their bytes, owner and permissions', async () => {
    await site.place({ 'a.rules': '1' });
    utimesSync(site.path('a.rules'), 1000, 1000);
    const placing = await site.place({ 'a.rules': '1' });
    expect(statSync(site.path('a.rules')).mtimeMs).toBe(1_000_000);
    expect(placing.changes('e')).toBe(false);
  });

  it('corrects permissions without calling that something new to read', async () => {
    await site.place({ 'a.rules': '1' });
    const placing = await site.place({ 'a.rules': '1' }, { mode: '0640' });
    expect(lstatSync(site.path('a.rules')).mode & 0o7777).toBe(0o640);
    expect(placing.reports[0]?.corrected).toEqual([site.path('a.rules')]);
    expect(placing.changes('e')).toBe(false);
  });

  it('adopts files that stand there already with the very bytes', async () => {
    site.write('a.rules', '1');
    expect((await site.place({ 'a.rules': '1' })).reports[0]).toMatchObject({ unchanged: 1, written: [] });
    await site.place({});
    expect(names()).toEqual([]);
  });

  it('follows when the folder has become a symlink to where its files went', async () => {
    await site.place({ 'a.rules': '1', 'b.rules': '1' });
    renameSync(site.engine, join(site.dir, 'moved'));
    symlinkSync(join(site.dir, 'moved'), site.engine);
    await site.place({ 'a.rules': '2' });
    expect(names()).toEqual(['a.rules']);
    expect(site.read('a.rules')).toBe('2');
  });

  it('stops when it is told to, and leaves nothing behind', async () => {
    const stop = AbortSignal.abort(new Error('stop'));
    await expect(preparePlacing([site.request({ 'a.rules': '1' })], site.state, stop)).rejects.toThrow('stop');
    expect(names()).toEqual([]);
    expect(recoverPlacing(site.state)).toBeUndefined();
  });
});

describe('undo', () => {
  it('puts everything back, folders, permissions and withdrawn files included', async () => {
    await site.place({ 'a.rules': '1', 'gone.rules': '1' });
    const before = site.snapshot();
    const placing = await site.prepare({ 'a.rules': '2', 'lists/new.lst': '1' }, { mode: '0600' });
    placing.commit();
    expect(names()).toContain('lists/new.lst');
    placing.undo();
    placing.undo();
    expect(site.snapshot()).toEqual(before);
    expect((await site.place({ 'a.rules': '1', 'gone.rules': '1' })).changes('e')).toBe(false);
  });

  it('puts everything back where the file system has no hard links', async () => {
    const noLinks = withoutLinks();
    site.write('c.rules', 'of somebody');
    await site.place({ 'a.rules': '1' }, { mode: '0640' });
    symlinkSync('a.rules', site.path('b.rules'));
    const before = site.snapshot();
    const placing = await site.prepare({ 'a.rules': '2', 'b.rules': '2', 'c.rules': '2' }, { overwrite: true });
    placing.commit();
    placing.undo();
    expect(site.snapshot()).toEqual(before);
    await site.place({ 'c.rules': '2' }, { overwrite: true });
    noLinks.restore();
    expect([site.read('c.rules'), site.read('c.rules.before-misp-pipeline')]).toEqual(['2', 'of somebody']);
  });

  it('puts back what an overwritten file was', async () => {
    site.write('a.rules', 'of somebody');
    const before = site.snapshot();
    const placing = await site.prepare({ 'a.rules': '1' }, { overwrite: true });
    placing.commit();
    placing.undo();
    expect(site.snapshot()).toEqual(before);
  });
});

describe('remove', () => {
  const list = { files: ['**'], remove: ['{file}.cdb'] };

  it('removes what an engine compiled from a file that changes, and keeps what is still good', async () => {
    await site.place({ ip: '1', net: '1' }, list);
    for (const name of ['ip.cdb', 'net.cdb', 'other.cdb']) site.write(name, 'compiled');
    await site.place({ ip: '2', net: '1' }, list);
    expect(names()).toEqual(['ip', 'net', 'net.cdb', 'other.cdb']);
  });

  it('removes it with a file that is withdrawn, also when the place does not say so any more', async () => {
    await site.place({ ip: '1' }, list);
    site.write('ip.cdb', 'compiled');
    await site.place({});
    expect(names()).toEqual([]);
  });

  it('removes what was compiled in between when the file comes back', async () => {
    await site.place({ ip: '1' }, list);
    const placing = await site.prepare({ ip: '2' }, list);
    placing.commit();
    site.write('ip.cdb', 'compiled from 2');
    placing.undo();
    expect(names()).toEqual(['ip']);
  });

  it('makes every file that is put in place newer than what was compiled before', async () => {
    const seconds = (name: string) => Math.floor(statSync(site.path(name)).mtimeMs / 1000);
    await site.place({ ip: '1' });
    const placing = await site.prepare({ ip: '2' });
    site.write('ip.cdb', 'compiled from 1');
    placing.commit();
    expect(seconds('ip')).toBeGreaterThan(seconds('ip.cdb'));
    site.write('ip.cdb', 'compiled from 2');
    placing.undo();
    expect(readFileSync(site.path('ip'), 'utf8')).toBe('1');
    expect(seconds('ip')).toBeGreaterThan(seconds('ip.cdb'));
  });
});
