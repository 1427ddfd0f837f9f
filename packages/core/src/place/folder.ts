import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { explained, placingError } from './error.ts';

/**
 * The folder that a place means, without symlinks: it may be one itself, or stand below one. It need not exist, but
 * what it stands in has to, so that a typing error makes no tree of folders.
 */
export function rootOf(to: string): string {
  const stat = lstatSync(to, { throwIfNoEntry: false });
  if (stat !== undefined) return explained(to, () => realpathSync(to));
  const parent = dirname(to);
  if (lstatSync(parent, { throwIfNoEntry: false }) === undefined)
    throw placingError(`there is no folder \`${parent}\` to make \`${basename(to)}\` in`, 'Make it, or correct `to`.');
  return join(
    explained(parent, () => realpathSync(parent)),
    basename(to),
  );
}

/** Where a relative path below a root really stands. Throws when a symlink leads out of the root. */
export function pathBelow(root: string, path: string): string {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  let at = root;
  for (const part of parts) at = entered(root, join(at, part));
  return join(at, name);
}

function entered(root: string, folder: string): string {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined || stat.isDirectory()) return folder;
  const real = stat.isSymbolicLink() ? explained(folder, () => realpathSync(folder)) : folder;
  if (!stat.isSymbolicLink() || !lstatSync(real).isDirectory())
    throw placingError(`\`${folder}\` is no folder`, 'Move it away, or choose another place.');
  if (!isBelow(real, root))
    throw placingError(
      `\`${folder}\` is a symlink that leads out of \`${root}\``,
      'Files are placed below `to` only: give what it points to as a place of its own.',
    );
  return real;
}

/** Whether a path is a folder or stands below it. Both are absolute and without symlinks. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The folders above a path that do not exist, the outermost first. */
export function missingAbove(path: string): string[] {
  const folder = dirname(path);
  if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined) return [];
  return [...missingAbove(folder), folder];
}
