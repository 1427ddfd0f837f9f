import type { Indicator } from '@misp-pipeline/core';
import { keyFault } from '../cdb.ts';

/**
 * Text as it stands in a decoded field of a Windows event. The agent sends the event as XML inside of JSON; the manager
 * undoes neither the escapes of the one nor those of the other, so that each backslash is there twice.
 */
function decodedText(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Adds a text of a Windows event, unless its escapes make it longer than a key may be. */
export function addWindowsKey(text: string, keys: string[]): void {
  const key = decodedText(text);
  if (keyFault(key) === undefined) keys.push(key);
}

const PIPE_FOLDER = /^\\\\\.\\pipe\\/i;

/** The name of a pipe as Sysmon writes it: a backslash and the name. */
export function addPipeKey({ value }: Indicator, keys: string[]): void {
  addWindowsKey(`\\${value.replace(PIPE_FOLDER, '')}`, keys);
}

/** The file name of a program, which Sysmon finds in the program's resources. A path is in another list. */
export function addProgramKey({ value }: Indicator, keys: string[]): void {
  if (!value.includes('\\')) addWindowsKey(value, keys);
}

/** The name of a service. */
export function addServiceKey({ value }: Indicator, keys: string[]): void {
  addWindowsKey(value, keys);
}
