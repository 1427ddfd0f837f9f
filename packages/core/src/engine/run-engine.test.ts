import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { runEngine } from './run-engine.ts';

const signal = new AbortController().signal;

/** A program that does not end when it is told to, and leaves its number in a file before. */
const STUBBORN = `process.on('SIGTERM', () => {});
  fs.writeFileSync(process.argv[1] + '.part', String(process.pid));
  fs.renameSync(process.argv[1] + '.part', process.argv[1]);
  setInterval(() => {}, 1000);`;

describe('runEngine', () => {
  it('tells what the program said and how it ended', async () => {
    const program = "process.stdin.pipe(process.stdout); console.error('oh'); process.exitCode = 3";
    expect(await runEngine([process.execPath, '-e', program], { signal, timeout: 60, input: 'in' })).toEqual({
      ...{ code: 3, stdout: 'in', stderr: 'oh\n' },
    });
  });

  it('knows no program that is not there', async () => {
    expect(await runEngine(['no-such-engine'], { signal, timeout: 60 })).toBeUndefined();
  });

  it('ends a program that does not stop talking', async () => {
    const run = runEngine(['yes', 'and then'], { signal, timeout: 60 });
    await expect(run).rejects.toThrow('`yes and then` said more than 64 MiB');
  });

  it('ends a program that does not heed the interruption', async () => {
    const started = join(mkdtempSync(join(tmpdir(), 'engine-')), 'pid');
    const interrupt = new AbortController();
    const run = runEngine([process.execPath, '-e', STUBBORN, started], { signal: interrupt.signal, timeout: 60 });
    await vi.waitFor(() => expect(existsSync(started)).toBe(true), { timeout: 10_000 });
    const pid = Number(readFileSync(started, 'utf8'));
    interrupt.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), { timeout: 10_000 });
  });
});
