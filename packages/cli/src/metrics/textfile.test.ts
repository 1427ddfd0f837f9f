import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeTextfile } from './textfile.ts';

let folder: string;
let umask: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'misp-pipeline-'));
  umask = process.umask(0o077);
});

afterEach(() => {
  process.umask(umask);
  rmSync(folder, { recursive: true });
});

describe('writeTextfile', () => {
  it('replaces the file, which everybody may read whatever the umask is', async () => {
    const file = join(folder, 'a.prom');
    await writeTextfile(file, 'one\n');
    await writeTextfile(file, 'two\n');
    expect(readFileSync(file, 'utf8')).toBe('two\n');
    expect(statSync(file).mode & 0o777).toBe(0o644);
    expect(readdirSync(folder)).toEqual(['a.prom']);
  });

  it('leaves nothing behind when it cannot', async () => {
    mkdirSync(join(folder, 'a.prom/occupied'), { recursive: true });
    await expect(writeTextfile(join(folder, 'a.prom'), 'one\n')).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['a.prom']);
  });
});
