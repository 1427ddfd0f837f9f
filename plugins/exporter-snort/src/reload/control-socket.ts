import { createConnection } from 'node:net';
import { messageOf } from '@misp-pipeline/core';
import { hasHungUp } from '@misp-pipeline/ids-rules';
import { endingIn, kept } from './ending.ts';

/**
 * Asks a running Snort 3 to load its configuration anew, and returns what it says until the reload has ended, it hangs up,
 * or `timeout` seconds have passed. Throws when nobody listens.
 */
export async function askForReload(path: string, timeout: number, signal: AbortSignal): Promise<string> {
  const socket = createConnection({ path, signal }).setEncoding('utf8');
  const timer = setTimeout(() => socket.destroy(), timeout * 1000);
  let said = '';
  try {
    socket.write('reload_config()\n');
    for await (const chunk of socket) {
      said = kept(said, chunk);
      if (endingIn(said) !== undefined) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!hasHungUp(error)) throw unreachable(path, error);
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
  return said;
}

function unreachable(path: string, error: unknown): Error {
  return new Error(
    `no Snort can be reached on the socket \`${path}\` (${messageOf(error)}): was it started with \`--control-socket\` ` +
      'and this file, and may this user write to it?',
  );
}
