import type { Leaf } from '../rule/selection.ts';

/**
 * Comparisons of a field that holds the full path of a file. A bare name stands for the file in any folder, a path that
 * begins somewhere in the tree for its end. A value that names no file has none.
 */
export function pathLeaves(value: string): readonly Leaf[] {
  if (value === '' || /[\\/]$/.test(value)) return [];
  if (/^[A-Za-z]:[\\/]/.test(value)) return [windows('', value.replaceAll('/', '\\'))];
  if (value.startsWith('\\\\')) return [windows('', value)];
  if (value.startsWith('/')) return [linux('', value)];
  if (value.startsWith('~/')) return [linux('|endswith', value.slice(1))];
  // `%APPDATA%\x.exe` depends on who is logged on; the record holds the folder that it stands for.
  const rest = /^%[^%\\/]+%[\\/]+(.+)$/s.exec(value)?.[1] ?? value;
  if (rest.includes('\\') || rest !== value) return [windows('|endswith', `\\${rest.replace(/^\\+/, '')}`)];
  if (rest.includes('/')) return [linux('|endswith', `/${rest}`)];
  return [windows('|endswith', `\\${rest}`), linux('|endswith', `/${rest}`)];
}

/** True when a value is the name of a file without any path. */
export function isBareName(value: string): boolean {
  return !/[\\/]/.test(value);
}

function windows(modifier: '' | '|endswith', value: string): Leaf {
  return { name: modifier === '' ? 'path' : 'name', modifier, value, platform: 'windows' };
}

function linux(modifier: '' | '|endswith', value: string): Leaf {
  return { name: modifier === '' ? 'path_linux' : 'name_linux', modifier, value, platform: 'linux' };
}
