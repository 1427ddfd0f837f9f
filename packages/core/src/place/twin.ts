import {
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { errorCode } from '../error-code.ts';
import { sync } from '../output/sync.ts';

/** What systems say where there are no hard links, or none for this user or this file. */
const NO_LINKS: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * Gives what stands at a path a second name in the same folder: by a hard link, which needs no room and keeps owner,
 * permissions and labels, or by a copy where there are none.
 */
export function twin(path: string, second: string): void {
  try {
    linkSync(path, second);
  } catch (error) {
    if (!NO_LINKS.includes(errorCode(error))) throw error;
    copy(path, second);
  }
}

/** Name of a copy that is not complete yet. */
export function unfinished(second: string): string {
  return second.replace(/tmp$/, 'part.tmp');
}

/** A second name stands for the whole file, so it is given when the copy is complete. */
function copy(path: string, second: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) {
    symlinkSync(readlinkSync(path), second);
    return;
  }
  const part = unfinished(second);
  copyFileSync(path, part, constants.COPYFILE_EXCL);
  chownSync(part, stat.uid, stat.gid);
  chmodSync(part, stat.mode & 0o7777);
  utimesSync(part, stat.atime, stat.mtime);
  sync(part);
  renameSync(part, second);
}
