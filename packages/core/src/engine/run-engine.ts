import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** What a program said and how it ended. */
export interface EngineRun {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface EngineRunOptions {
  readonly signal: AbortSignal;
  readonly cwd?: string;
  /** Given to the program's standard input. */
  readonly input?: string;
  /** Seconds that the program may take. */
  readonly timeout: number;
}

/** Milliseconds that a program has to end once it is told to. */
const GRACE = 1000;

/** Bytes that a program may say on a stream: room for a complaint about each of 200,000 rules. */
const MOST_SAID = 64 << 20;

/** There is no such program, or none that this user may run: a folder of PATH that may not be read says no more. */
const ABSENT: ReadonlySet<unknown> = new Set(['ENOENT', 'EACCES']);

/** Ends a program that does not heed the first signal, and lets go of what it has started. */
function abandon(child: ChildProcessWithoutNullStreams): void {
  child.kill('SIGKILL');
  child.stdout.destroy();
  child.stderr.destroy();
}

/** All that a stream says, or an error when that is too much. */
async function said(stream: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > MOST_SAID) throw new SaysTooMuch();
  }
  return Buffer.concat(pieces).toString('utf8');
}

class SaysTooMuch extends Error {}

/**
 * Runs a program without a shell and waits for its end. Undefined when there is no such program. Throws when it takes
 * too long or says more than 64 MiB, and the reason of the signal when that aborts; the program is ended then.
 */
export async function runEngine(
  command: readonly string[],
  { signal, cwd, input, timeout }: EngineRunOptions,
): Promise<EngineRun | undefined> {
  const [program = '', ...args] = command;
  const deadline = AbortSignal.timeout(timeout * 1000);
  const stop = AbortSignal.any([signal, deadline]);
  const child = spawn(program, args, { cwd, signal: stop, stdio: 'pipe' });
  stop.addEventListener('abort', () => setTimeout(abandon, GRACE, child).unref());
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  // A program that ends without reading its input breaks the pipe; how it ended says enough.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  try {
    const [code, stdout, stderr] = await Promise.all([ended, said(child.stdout), said(child.stderr)]);
    return { code, stdout, stderr };
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) throw new Error(`\`${command.join(' ')}\` took more than ${timeout} seconds`);
    if (error instanceof SaysTooMuch) {
      abandon(child);
      throw new Error(`\`${command.join(' ')}\` said more than ${MOST_SAID >> 20} MiB`);
    }
    if (error instanceof Error && 'code' in error && ABSENT.has(error.code)) return undefined;
    throw error;
  }
}
