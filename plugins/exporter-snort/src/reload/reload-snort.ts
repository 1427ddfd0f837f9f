import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { oneLine, type Published, type ReloadReport } from '@misp-pipeline/core';
import type { SnortVersion } from '../options.ts';
import { askForReload } from './control-socket.ts';
import { endingIn } from './ending.ts';
import { hangUp } from './hang-up.ts';
import type { SnortReload } from './options.ts';

/**
 * Tells a running Snort of what is live. Snort takes all rules or keeps those that it has, and says which: its word that
 * the reload is complete confirms the rules. Of its lists it says nothing, and takes one that is missing for an empty one.
 */
export async function reloadSnort(
  { dir, files }: Published,
  version: SnortVersion,
  options: SnortReload,
  signal: AbortSignal,
): Promise<ReloadReport> {
  const missing = files
    .filter(({ path }) => !existsSync(join(dir, path)))
    .map(({ path }) => `\`${path}\` is missing from \`${dir}\``);
  const said = await told(options, signal);
  const ending = endingIn(said);
  return {
    engine: version === 3 ? 'snort 3' : 'snort 2.9',
    method: options.socket === undefined ? 'SIGHUP' : 'control socket',
    confirmed: ending?.isComplete === true && missing.length === 0,
    messages: [
      ...missing,
      ending === undefined ? unended(said, options.timeout) : `the engine said \`${oneLine(ending.line)}\``,
    ],
  };
}

function told({ socket, pidFile, log, timeout }: SnortReload, signal: AbortSignal): Promise<string> {
  if (socket !== undefined) return askForReload(socket, timeout, signal);
  if (pidFile === undefined || log === undefined) throw new Error('the options name no Snort');
  return hangUp(pidFile, log, timeout, signal);
}

const LONGEST = 300;

/** Snort may have ended, or still be at it, or never have understood. */
function unended(said: string, timeout: number): string {
  const words = said.trim();
  const what = words === '' ? 'nothing' : `\`${oneLine(words.slice(-LONGEST))}\``;
  return `the engine went away, or took more than ${timeout} seconds, without a word on how the reload ended; it said ${what}`;
}
