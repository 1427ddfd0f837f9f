/** Bytes of the longest key that is written. */
export const LONGEST_KEY = 1024;

/** Most characters that lists add to a value: `www.` and a port are 10. */
const MOST_ADDED = 16;

/** Printable ASCII without blank and quotation mark: what nearly all keys are made of. */
const PLAIN = /^[!#-~]+$/;

/**
 * The format has no escape for the quotation mark, a line ends at any control character, and a key is compared to the
 * byte, so that a blank at an end or a character that nobody sees would only make a line that never hits.
 */
const UNWRITABLE = /["\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|^\s|\s$|^$/u;

/** What keeps a text from being a key of a list. */
export type KeyFault = 'character' | 'length';

/** Tells what keeps a text from being a key, or undefined when it can be one. */
export function keyFault(key: string): KeyFault | undefined {
  if (key.length > LONGEST_KEY) return 'length';
  if (PLAIN.test(key)) return undefined;
  if (UNWRITABLE.test(key)) return 'character';
  return Buffer.byteLength(key) > LONGEST_KEY ? 'length' : undefined;
}

/** True for a value that has no fault as a key, nor with a few more plain characters around it. */
export function isPlain(value: string): boolean {
  return value.length <= LONGEST_KEY - MOST_ADDED && PLAIN.test(value);
}

/**
 * One line of a CDB list as analysisd 4.x reads it, without the line feed: `key:value`, and `"key":value` for a key
 * that holds a colon, which would otherwise be cut there. `key` has no {@link keyFault}; `value` is a plain word.
 */
export function cdbLine(key: string, value: string): string {
  return key.includes(':') ? `"${key}":${value}` : `${key}:${value}`;
}
