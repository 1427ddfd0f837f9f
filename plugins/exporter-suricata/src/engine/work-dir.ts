import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Gives an empty folder below `parent` to `work`, and removes it afterwards. */
export async function inWorkDir<T>(parent: string, work: (dir: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(parent, 'suricata-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
