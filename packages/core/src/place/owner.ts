import { readFileSync } from 'node:fs';
import { placingError } from './error.ts';
import { type Place, placeName } from './options.ts';

/** Owner and permissions of a file. An id of -1 leaves it to the system. */
export interface Attributes {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/** What a place wants. Throws a PlacingError with the place for a name that this machine does not know. */
export function attributesOf(place: Place): Attributes {
  return {
    uid: idOf(place, 'owner', '/etc/passwd', 'user'),
    gid: idOf(place, 'group', '/etc/group', 'group'),
    mode: Number.parseInt(place.mode, 8),
  };
}

/** Whether a file has them already. */
export function hasAttributes(file: Attributes, wanted: Attributes): boolean {
  return (
    file.mode === wanted.mode &&
    (wanted.uid === -1 || file.uid === wanted.uid) &&
    (wanted.gid === -1 || file.gid === wanted.gid)
  );
}

/** The same for a folder: whoever may read its files may enter it. */
export function forFolder({ uid, gid, mode }: Attributes): Attributes {
  return { uid, gid, mode: mode | 0o700 | ((mode & 0o444) >> 2) };
}

function idOf(place: Place, option: 'owner' | 'group', file: string, what: string): number {
  const account = place[option];
  if (account === undefined) return -1;
  if (typeof account === 'number' || /^\d+$/.test(account)) return Number(account);
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [name, , id] = line.split(':');
    if (name === account && id !== undefined) return Number(id);
  }
  throw placingError(
    `\`${placeName(place)}\`: \`${file}\` has no ${what} \`${account}\``,
    `Correct \`${option}\`, or give the number, which works for accounts of a directory, too.`,
  );
}
