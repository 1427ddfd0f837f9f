import { withoutInvisibles } from './reading/reading.ts';

/** Brackets and quotes with what closes them. */
const PAIRS: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['<', '>'],
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['\u00ab', '\u00bb'],
  ['\u201c', '\u201d'],
  ['\u2018', '\u2019'],
  ['\u201e', '\u201c'],
  ['\u201a', '\u2018'],
]);
const BEFORE: ReadonlySet<string> = new Set([...PAIRS.keys(), ' ']);
/** What may follow a value in a sentence or a list. */
const MARKS: ReadonlySet<string> = new Set([',', ';', '.', ' ']);
const AFTER = MARKS.union(new Set(PAIRS.values()));

/** Hexadecimal digits of the hashes whose name may stand before them. */
const DIGITS: ReadonlyMap<string, number> = new Map([
  ['md5', 32],
  ['sha1', 40],
  ['sha224', 56],
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);
const LABELLED = /^(md5|sha-?\d{1,3}) ?[:=] ?([0-9a-f]+)$/i;

/**
 * A value without what comes along when it is copied from a report: characters without a glyph in it, brackets, quotes and
 * blanks around it, `,`, `;` and `.` behind it, and the name of a hash before as many digits as that hash has.
 */
export function bareValue(text: string): string {
  const visible = withoutInvisibles(text);
  const value = visible.slice(startIn(visible, BEFORE), endIn(visible, AFTER));
  const [, label = '', digest = ''] = LABELLED.exec(value) ?? [];
  const digits = DIGITS.get(label.toLowerCase().replace('-', ''));
  return digits === digest.length ? digest : value;
}

/** Whether a value begins with a bracket or quote that is closed at its end. */
export function isEnclosed(text: string): boolean {
  const end = endIn(text, MARKS);
  return end > 1 && PAIRS.get(text.charAt(0)) === text.charAt(end - 1);
}

/** Where a text begins after some characters. */
function startIn(text: string, skipped: ReadonlySet<string>): number {
  let start = 0;
  while (skipped.has(text.charAt(start))) start++;
  return start;
}

/** Where a text ends before some characters. */
function endIn(text: string, skipped: ReadonlySet<string>): number {
  let end = text.length;
  while (skipped.has(text.charAt(end - 1))) end--;
  return end;
}
