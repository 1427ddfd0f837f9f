import { type ExactForm, TEXT } from './exact-form.ts';

/**
 * Where a transferred file's name shows: in the path of an HTTP request or its answer's `Content-Disposition`, in a mail,
 * and wherever else the engine extracts files. Only what follows the last slash is compared, whatever the case.
 */
export const FILE_NAME: ExactForm = {
  list: 'misp-filename',
  traffic: 'passing',
  sights: [{ protocol: 'ip', buffer: 'file.name; pcrexform:"([^/\\x5c]+)$"; to_lowercase;' }],
  listType: 'string',
  match: (value) => TEXT.match(lastPart(value)),
  listed: lastPart,
};

/** The name without its folders, lower-cased as the engine does it: ASCII letters only. */
export function lastPart(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).replace(/[A-Z]+/g, lowerCase);
}

function lowerCase(letters: string): string {
  return letters.toLowerCase();
}
