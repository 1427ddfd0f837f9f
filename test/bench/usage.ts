/**
 * Loaded before a measured process's own script: when it ends, writes what it used into the file that BENCH_USAGE names.
 */
import { readFileSync, writeFileSync } from 'node:fs';

export interface Usage {
  /** Seconds of processor time, of all threads. */
  readonly cpu: number;
  /** Most memory that the process ever held, in MB. */
  readonly peak: number;
}

process.on('exit', () => {
  const file = process.env.BENCH_USAGE;
  if (file === undefined) return;
  const { user, system } = process.cpuUsage();
  const usage: Usage = { cpu: (user + system) / 1e6, peak: highWaterMark() / 1024 };
  writeFileSync(file, JSON.stringify(usage));
});

/** The kernel's own mark, in kB, since the one of getrusage counts the memory of the parent as well. */
function highWaterMark(): number {
  try {
    return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  } catch {
    return process.resourceUsage().maxRSS; // No /proc: not Linux.
  }
}
