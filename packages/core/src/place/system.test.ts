import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusal } from '../../testing/place/refusal.ts';
import { never, Site } from '../../testing/place/site.ts';
import { preparePlacing } from './prepare.ts';

const isRoot = process.getuid?.() === 0;
const TMPFS = ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs'];

let site: Site;
let mounted: string[];

beforeEach(() => {
  site = new Site();
  mounted = [];
});

afterEach(() => {
  for (const folder of mounted) spawnSync('umount', [folder]);
  site.remove();
});

function mount(folder: string, ...options: string[]): boolean {
  const isMounted = spawnSync('mount', [...options, folder]).status === 0;
  if (isMounted) mounted.push(folder);
  return isMounted;
}

function canMount(): boolean {
  const probe = new Site();
  const can = isRoot && spawnSync('mount', [...TMPFS, probe.engine]).status === 0;
  if (can) spawnSync('umount', [probe.engine]);
  probe.remove();
  return can;
}

describe('owner and permissions', () => {
  it.skipIf(!isRoot)('are given by name and by number (root)', async () => {
    await site.place({ 'd/x': '1' }, { owner: 'nobody', group: 4, mode: '0660' });
    const { uid, gid, mode } = statSync(site.path('d/x'));
    expect([uid, gid, mode & 0o7777]).toEqual([65534, 4, 0o660]);
    expect(statSync(site.path('d')).mode & 0o7777).toBe(0o770);
    expect(lstatSync(site.path('d')).uid).toBe(65534);
  });

  it.skipIf(!isRoot)('are put back by `undo` (root)', async () => {
    await site.place({ x: '1' }, { owner: 65534, mode: '0600' });
    const before = site.snapshot();
    const placing = await site.prepare({ x: '1' }, { mode: '0644', owner: 0 });
    placing.commit();
    expect(statSync(site.path('x')).uid).toBe(0);
    placing.undo();
    expect(site.snapshot()).toEqual(before);
  });

  it('of accounts that are not here are refused', async () => {
    const text = await refusal(site, site.prepare({ x: '1' }, { owner: 'nobody-here' }, { group: 'none:x' }));
    expect(text).toContain(`\`${site.engine}\`: \`/etc/passwd\` has no user \`nobody-here\``);
    expect(text).toContain('`/etc/group` has no group `none:x`');
  });

  it('of accounts that are not here are refused at each place', async () => {
    const [first, second] = [join(site.dir, 'first'), join(site.dir, 'second')];
    const owner = 'nobody-here';
    const text = await refusal(site, site.prepare({ x: '1' }, { to: first, owner }, { to: second, owner }));
    for (const place of [first, second])
      expect(text).toContain(`\`${place}\`: \`/etc/passwd\` has no user \`nobody-here\``);
  });

  it.skipIf(!isRoot)('that only root may give are refused to others (root)', () => {
    const { stdout } = asNobody({ x: '1' }, { owner: 0 });
    expect(stdout).toContain('cannot be given to user 0: only root may');
    expect(Object.keys(site.snapshot())).toEqual([]);
  });

  it.skipIf(!isRoot)('of a folder that is closed to the user are named (root)', () => {
    const { stdout } = asNobody({ x: '1' }, {}, 0o755, 0);
    expect(stdout).toContain(`\`${site.path('x')}\` cannot be used: EACCES`);
    expect(stdout).toContain(`read and write in \`${site.engine}\``);
  });

  /** Places in a process of the user `nobody`, and gives what it said. */
  function asNobody(texts: Record<string, string>, place: object, mode = 0o755, uid = 65534) {
    const request = site.request(texts, place);
    mkdirSync(site.state);
    chmodSync(dirname(site.dir), 0o711);
    for (const [folder, owner] of [
      [site.engine, uid],
      [site.state, 65534],
      [site.dir, 65534],
    ] as const) {
      chownSync(folder, owner, 65534);
      chmodSync(folder, mode);
    }
    const prepare = join(import.meta.dirname, 'prepare.ts');
    const script = `const { preparePlacing } = await import(${JSON.stringify(prepare)});
      process.setgroups([]); process.setgid(65534); process.setuid(65534);
      const [requests, state] = JSON.parse(process.argv[1]);
      await preparePlacing(requests, state, AbortSignal.timeout(60000)).catch((e) => console.log(e.message, e.hint));`;
    const given = JSON.stringify([[request], site.state]);
    return spawnSync(process.execPath, ['--input-type=module', '-e', script, given], { encoding: 'utf8' });
  }
});

describe.skipIf(!canMount())('file systems (needs to mount)', () => {
  it('that are full leave everything as it was', async () => {
    expect(mount(site.engine, ...TMPFS)).toBe(true);
    await site.place({ a: 'old', b: 'old' });
    const text = await refusal(site, site.prepare({ a: 'new', b: 'x'.repeat(100_000) }));
    expect(text).toContain(`no room is left for \`${site.path('b')}\`: ENOSPC`);
    expect((await site.place({ a: 'new', b: 'new' })).changes('e')).toBe(true);
  });

  it('that are full where the state is leave everything as it was', async () => {
    await site.place({ a: 'old' });
    const state = join(site.dir, 'full');
    mkdirSync(state);
    expect(mount(state, ...TMPFS)).toBe(true);
    const archive = { archive: site.path('a.tar.gz') };
    const noise = Array.from({ length: 20_000 }, (_, i) => Math.sin(i)).join();
    const request = site.request({ n: noise }, archive);
    expect(await refusal(site, preparePlacing([request], state, never))).toContain('ENOSPC');
  });

  it('that are read-only are named', async () => {
    expect(mount(site.engine, ...TMPFS)).toBe(true);
    await site.place({ a: 'old' });
    spawnSync('mount', ['-o', 'remount,ro', site.engine]);
    const text = await refusal(site, site.prepare({ a: 'new' }));
    expect(text).toContain(`\`${site.path('a')}\` cannot be used: EROFS`);
    expect(text).toContain(`read and write in \`${site.engine}\``);
    const placing = await site.prepare({});
    expect(() => placing.commit()).toThrow('EROFS');
  });
});
