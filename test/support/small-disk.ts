import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mounted = (args: readonly string[]) => spawnSync('mount', args).status === 0;

/** Whether this machine lets the tests have a disk of their own. */
export const CAN_MOUNT = canMount();

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'mount-'));
  const isMounted = mounted(['-t', 'tmpfs', 'tmpfs', folder]);
  if (isMounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return isMounted;
}

/** A disk that can be filled and made read-only. */
export class SmallDisk {
  readonly dir: string;

  constructor(megabytes: number) {
    this.dir = mkdtempSync(join(tmpdir(), 'disk-'));
    if (!mounted(['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', this.dir])) throw new Error('no disk');
  }

  /** Takes all but so many bytes. */
  fill(leave: number): void {
    const { bavail, bsize } = statfsSync(this.dir);
    writeFileSync(join(this.dir, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - leave)));
  }

  empty(): void {
    rmSync(join(this.dir, 'ballast'), { force: true });
  }

  readOnly(isReadOnly: boolean): void {
    if (!mounted(['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, this.dir])) throw new Error('cannot remount');
  }

  remove(): void {
    spawnSync('umount', ['-l', this.dir]);
    rmSync(this.dir, { recursive: true, force: true });
  }
}
