import { mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusal } from '../../testing/place/refusal.ts';
import { never, Site } from '../../testing/place/site.ts';
import { preparePlacing } from './prepare.ts';

let site: Site;

beforeEach(() => {
  site = new Site();
});

afterEach(() => site.remove());

describe('files that are not ours', () => {
  it('are named, all at once, and left alone', async () => {
    site.write('a.rules', 'of somebody');
    site.write('b.rules', 'of somebody');
    const text = await refusal(site, site.prepare({ 'a.rules': '1', 'b.rules': '1' }));
    expect(text).toContain(`\`${site.path('a.rules')}\` exists and was not placed by this pipeline\n`);
    expect(text).toContain(`\`${site.path('b.rules')}\` exists`);
    expect(text).toContain('`overwrite: true`');
  });

  it('are also files of ours that somebody has changed, in a withdrawal too', async () => {
    await site.place({ 'a.rules': '1' });
    site.write('a.rules', '1 and more');
    expect(await refusal(site, site.prepare({ 'a.rules': '2' }))).toContain('was changed since it was placed');
    expect(await refusal(site, site.prepare({}))).toContain('was changed since it was placed');
  });

  it('are taken over with `overwrite`, the first one is kept, and all are told', async () => {
    site.write('a.rules', 'of somebody');
    await site.place({ 'a.rules': '1' }, { overwrite: true });
    site.write('a.rules', 'changed');
    const { reports } = await site.place({ 'a.rules': '2' }, { overwrite: true });
    expect(reports[0]?.takenOver).toEqual([site.path('a.rules')]);
    expect([site.read('a.rules'), site.read('a.rules.before-misp-pipeline')]).toEqual(['2', 'of somebody']);
  });

  it('keep their copies apart', async () => {
    site.write('a.rules', 'of somebody');
    site.write('a.rules.before-misp-pipeline', 'of somebody else');
    await site.place({ 'a.rules': '1' }, { overwrite: true });
    expect(site.read('a.rules.before-misp-pipeline')).toBe('of somebody else');
    expect(site.read('a.rules.before-misp-pipeline-2')).toBe('of somebody');
  });

  it('may come while files are placed', async () => {
    const placing = await site.prepare({ 'a.rules': '1', 'b.rules': '1' });
    site.write('b.rules', 'of somebody');
    expect(() => placing.commit()).toThrow('came or went while files were placed');
    expect(Object.keys(site.snapshot())).toEqual(['b.rules']);
  });
});

describe('targets', () => {
  it('that two places share are refused', async () => {
    expect(await refusal(site, site.prepare({ 'a/x': '1', x: '1' }, {}, { strip: 'a', files: ['a/*'] }))).toContain(
      `two files of \`e\` would stand at \`${site.path('x')}\``,
    );
  });

  it('of an exporter that is not placed now are refused', async () => {
    await site.place({ x: '1' });
    const other = { ...site.request({ x: '2' }), exporter: 'f' };
    expect(await refusal(site, preparePlacing([other], site.state, never))).toContain('files of `e` and `f`');
  });

  it('that would be a file and a folder are refused', async () => {
    expect(await refusal(site, site.prepare({ 'l/x': '1', 'x/y': '1' }, { strip: 'l' }))).toContain(
      'a file and a folder',
    );
  });

  it('that are folders are refused', async () => {
    mkdirSync(site.path('x'));
    expect(await refusal(site, site.prepare({ x: '1' }, { overwrite: true }))).toContain('is no file');
  });

  it('that are also to be removed are refused', async () => {
    expect(await refusal(site, site.prepare({ ip: '1', 'ip.cdb': '1' }, { remove: ['{file}.cdb'] }))).toContain(
      'both placed and removed',
    );
  });

  it('from a manifest that leads out of its generation are refused', async () => {
    const request = { ...site.request({}), generation: { dir: site.dir, files: [{ path: '../x', sha256: '' }] } };
    expect(await refusal(site, preparePlacing([request], site.state, never))).toContain('Its manifest was changed');
  });

  it('are not written from a generation that somebody has changed', async () => {
    const request = site.request({ x: '1' });
    const files = [{ path: 'x', sha256: '0'.repeat(64) }];
    const changed = { ...request, generation: { dir: request.generation?.dir ?? '', files } };
    expect(await refusal(site, preparePlacing([changed], site.state, never))).toContain(
      'is not what its manifest says',
    );
  });

  it('need a folder to make their own in', async () => {
    const text = await refusal(site, site.prepare({ x: '1' }, { to: site.path('missing/rules') }));
    expect(text).toContain(`there is no folder \`${site.path('missing')}\` to make \`rules\` in`);
  });
});

describe('symlinks', () => {
  it('that lead out of the place are not followed', async () => {
    mkdirSync(join(site.dir, 'elsewhere'));
    symlinkSync('../elsewhere', site.path('lists'));
    expect(await refusal(site, site.prepare({ 'lists/ip': '1' }))).toContain('is a symlink that leads out of');
    expect(readdirSync(join(site.dir, 'elsewhere'))).toEqual([]);
  });

  it('within the place are followed', async () => {
    mkdirSync(site.path('real'));
    symlinkSync('real', site.path('lists'));
    await site.place({ 'lists/ip': '1' });
    expect(site.read('real/ip')).toBe('1');
  });

  it('at a target are replaced by name, never written through', async () => {
    site.write('of-somebody', 'precious');
    symlinkSync('of-somebody', site.path('x'));
    expect(await refusal(site, site.prepare({ x: '1' }))).toContain('was not placed by this pipeline');
    await site.place({ x: '1' }, { overwrite: true });
    expect([site.read('x'), site.read('of-somebody')]).toEqual(['1', 'precious']);
    expect(readlinkSync(site.path('x.before-misp-pipeline'))).toBe('of-somebody');
  });
});
