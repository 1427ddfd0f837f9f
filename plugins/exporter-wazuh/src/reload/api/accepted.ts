import { LARGEST_LIST } from '../../delivery.ts';
import type { ManagerFile } from '../manager-files.ts';

/** A line that the API takes: it wants a colon inside of quotation marks, and there few other characters. */
const LINE = /^(?:"[\w\- :]+"|[^\s:"]+):(?:"[\w\- :]*"|[^:"]*)$/;

/** Why the API would not take a file, as the rest of a sentence; undefined when it would. */
export function unacceptable({ folder }: ManagerFile, bytes: Buffer): string | undefined {
  if (bytes.length === 0) return 'is empty';
  if (bytes.length > LARGEST_LIST.api) return `has more than ${LARGEST_LIST.api} bytes`;
  if (folder !== 'lists') return undefined;
  const lines = bytes.toString().replace(/\n$/, '').split('\n');
  const line = lines.findIndex((text) => !LINE.test(text));
  return line < 0 ? undefined : `has characters in line ${line + 1} that it refuses`;
}
