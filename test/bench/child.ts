import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What a process took, from its start to its end. */
export interface Measured {
  readonly seconds: number;
  /** Most memory it ever held, in MB. */
  readonly peak: number;
  readonly stdout: string;
}

const PEAK = new URL('./peak.ts', import.meta.url).href;

/** Runs a script with this Node in a folder of its own and measures it. Throws when it fails. */
export async function measured(cwd: string, script: string, ...args: readonly string[]): Promise<Measured> {
  const peakFile = join(cwd, 'peak');
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', PEAK, script, ...args], {
    cwd,
    env: { ...process.env, BENCH_PEAK: peakFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`${script} ended with ${code}\n${stderr}`);
  return { seconds, peak: Number(readFileSync(peakFile, 'utf8')) / 1024, stdout };
}
