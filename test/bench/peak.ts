/**
 * Loaded before a measured process's own script: writes the most memory that the process ever held, in kB, into the
 * file that BENCH_PEAK names. The kernel's own mark, since the one of getrusage counts the parent's memory as well.
 */
import { readFileSync, writeFileSync } from 'node:fs';

process.on('exit', () => {
  const file = process.env.BENCH_PEAK;
  if (file !== undefined) writeFileSync(file, String(highWaterMark()));
});

function highWaterMark(): number {
  try {
    return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  } catch {
    return process.resourceUsage().maxRSS; // No /proc: not Linux.
  }
}
