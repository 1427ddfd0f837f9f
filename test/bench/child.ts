import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Usage } from './usage.ts';

/** What a process took, from its start to its end. */
export interface Measured extends Usage {
  /** By the clock on the wall; on a busy machine `cpu` says more. */
  readonly seconds: number;
  readonly stdout: string;
}

const USAGE = new URL('./usage.ts', import.meta.url).href;

/** Runs a script with this Node in a folder of its own and measures it. Throws when it fails. */
export async function measured(cwd: string, script: string, ...args: readonly string[]): Promise<Measured> {
  const usageFile = join(cwd, 'usage.json');
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', USAGE, script, ...args], {
    cwd,
    env: { ...process.env, BENCH_USAGE: usageFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`${script} ended with ${code}\n${stderr}`);
  const usage: Usage = JSON.parse(readFileSync(usageFile, 'utf8'));
  return { ...usage, seconds, stdout };
}
