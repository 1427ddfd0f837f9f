import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What a publisher in a process of its own is sent to do. */
interface Errand {
  /** Of `redisOptions`, as in a config. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Of the snapshot. */
  readonly id: string;
  readonly indicators: number;
  /** Milliseconds. */
  readonly killAfter?: number;
}

/** Publishes generated indicators from another process with a small heap; tells whether it got to its end. */
export async function publishApart(errand: Errand): Promise<boolean> {
  const script = join(import.meta.dirname, 'redis-publisher.ts');
  const options = ['--conditions=source', '--max-old-space-size=96', script, JSON.stringify(errand)];
  const child = spawn(process.execPath, options, { stdio: ['ignore', 'ignore', 'pipe'] });
  const [[code, signal], stderr] = await Promise.all([once(child, 'close'), text(child.stderr)]);
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the publisher ended with ${code ?? signal}\n${stderr}`);
  return code === 0;
}
