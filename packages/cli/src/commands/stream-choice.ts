import { statSync } from 'node:fs';
import type { StreamChoice } from '@misp-pipeline/alerts';
import { visible } from '../render/visible.ts';
import { UsageError } from '../usage-error.ts';

/** Where the alerts of a command come from. Throws a {@link UsageError} when what was asked for cannot be read. */
export function streamChoice(command: string, { file, follow, socket }: StreamChoice): StreamChoice {
  if (file !== undefined && socket !== undefined)
    throw new UsageError('alerts come from a file or from a socket', 'Leave out one of FILE and --socket.');
  if (file === undefined && follow === true)
    throw new UsageError('only a file can be followed', `Name one: \`misp-pipeline ${command} --follow FILE\`.`);
  if (file !== undefined) checkFile(file, follow === true);
  return { file, follow, socket };
}

/** A log that is followed may come later. */
function checkFile(path: string, mayComeLater: boolean): void {
  const file = statSync(path, { throwIfNoEntry: false });
  if (file === undefined && !mayComeLater)
    throw new UsageError(`there is no file \`${visible(path)}\``, 'Check the path; with --follow, it is waited for.');
  if (file?.isDirectory() === true)
    throw new UsageError(`\`${visible(path)}\` is a folder`, 'Name the log in it, such as `eve.json`.');
}
