import { open, readFile, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, messageOf } from '@misp-pipeline/core';
import { endingIn, kept } from './ending.ts';

/** Milliseconds between two looks at the log. */
const POLL = 200;

/** Most bytes of the log that are read at a time. */
const READ = 1 << 16;

/**
 * Sends a SIGHUP to a running Snort, and returns what it logs from then on until the reload has ended, the process is
 * gone, or `timeout` seconds have passed. Throws when there is no such process or no log.
 */
export async function hangUp(pidFile: string, log: string, timeout: number, signal: AbortSignal): Promise<string> {
  const pid = await pidIn(pidFile);
  let position = (await stat(log)).size;
  if (!isRunning(pid, 'SIGHUP')) throw new Error(`no process ${pid} runs, which \`${pidFile}\` names`);
  const deadline = AbortSignal.timeout(timeout * 1000);
  let said = '';
  while (endingIn(said) === undefined && !deadline.aborted) {
    const isAlive = isRunning(pid, 0);
    const { text, next } = await readFrom(log, position);
    said = kept(said, text);
    position = next;
    if (text !== '') continue;
    if (!isAlive) break;
    await sleep(POLL, undefined, { signal });
  }
  return said;
}

/** Number of a process. Numbers below 2 are not of one process, or not of a Snort. */
async function pidIn(file: string): Promise<number> {
  const text = (await readFile(file, 'utf8')).trim();
  const pid = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (pid < 2)
    throw new Error(`\`${file}\` holds ${JSON.stringify(text.slice(0, 40))}, which is not the number of a process`);
  return pid;
}

function isRunning(pid: number, signal: 'SIGHUP' | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
    throw new Error(`process ${pid} cannot be signalled: ${messageOf(error)}`);
  }
}

/** What stands in the log from a position on, a part at a time. A log that became shorter is a new one. */
async function readFrom(log: string, position: number): Promise<{ readonly text: string; readonly next: number }> {
  const file = await open(log);
  try {
    const start = (await file.stat()).size < position ? 0 : position;
    const { bytesRead, buffer } = await file.read(Buffer.alloc(READ), 0, READ, start);
    return { text: buffer.subarray(0, bytesRead).toString('utf8'), next: start + bytesRead };
  } finally {
    await file.close();
  }
}
