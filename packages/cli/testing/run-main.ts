import { vi } from 'vitest';
import { main } from '../src/main.ts';

/** What the command line wrote. */
export interface MainOutput {
  readonly code: typeof process.exitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process; only errors are logged. */
export async function runMain(...args: readonly string[]): Promise<MainOutput> {
  const output = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text, ...rest) => {
      output[stream] += String(text);
      for (const done of rest) if (typeof done === 'function') done();
      return true;
    }),
  );
  try {
    await main(['node', 'misp-pipeline', '--log-level', 'error', ...args]);
    return { code: process.exitCode, ...output };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
