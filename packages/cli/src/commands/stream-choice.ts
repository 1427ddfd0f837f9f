import type { StreamChoice } from '@misp-pipeline/alerts';
import { UsageError } from '../usage-error.ts';

/** Where a command reads alerts from. Throws a UsageError for options that contradict each other. */
export function streamChoice(
  command: string,
  file: string | undefined,
  { follow, socket }: Pick<StreamChoice, 'follow' | 'socket'>,
): StreamChoice {
  if (file !== undefined && socket !== undefined)
    throw new UsageError('alerts come from a file or from a socket', 'Leave out one of FILE and --socket.');
  if (file === undefined && follow === true)
    throw new UsageError('only a file can be followed', `Name one: \`misp-pipeline ${command} --follow FILE\`.`);
  return { file, follow, socket };
}
