/** Bytes that stand for themselves inside `content:"..."` of Suricata, Snort 3 and Snort 2.9. */
const PLAIN_CONTENT = /^[A-Za-z0-9 ._/=?&%@+~-]*$/;

/**
 * Text of a `content` option. Every byte that any of the engines could read as syntax, and every byte outside ASCII,
 * becomes hex between bars, so that a value can never end the option or change its meaning.
 */
export function contentText(value: string): string {
  if (PLAIN_CONTENT.test(value)) return value;
  return contentBytes(Buffer.from(value, 'utf8'));
}

/** Text of a `content` option for bytes; see {@link contentText}. */
export function contentBytes(bytes: Uint8Array): string {
  let text = '';
  let inHex = false;
  for (const byte of bytes) {
    const plain: boolean = byte < 0x80 && PLAIN_CONTENT.test(String.fromCharCode(byte)) && !(inHex && byte === 0x20);
    if (plain === inHex) text += '|';
    else if (inHex) text += ' ';
    text += plain ? String.fromCharCode(byte) : byte.toString(16).padStart(2, '0');
    inHex = !plain;
  }
  return inHex ? `${text}|` : text;
}

/** Text of a `pcre` option: every byte but letters and digits as `\xNN`, so nothing is syntax. */
export function pcreText(value: string): string {
  let text = '';
  for (const byte of Buffer.from(value, 'utf8')) {
    const char = String.fromCharCode(byte);
    text += /[A-Za-z0-9]/.test(char) ? char : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return text;
}

/** Control, format (zero-width, bidirectional) and unassigned characters, and lone surrogates. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]+/gu;
const MESSAGE_LIMIT = 160;

/**
 * Text of a `msg` option for a person. A message is never matched, so instead of escaping what engines and their log
 * writers treat differently, look-alikes take the place of `"`, `\`, `;`, `|` and `$`.
 */
export function messageText(text: string): string {
  const clean = text
    .replace(INVISIBLE, ' ')
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replaceAll(';', ',')
    .replaceAll('|', '/')
    .replaceAll('$', 'S')
    .replace(/\s+/g, ' ')
    .trim();
  if (clean.length <= MESSAGE_LIMIT) return clean;
  return `${[...clean.slice(0, MESSAGE_LIMIT - 3)].filter((c) => !/\p{Cs}/u.test(c)).join('')}...`;
}

/** Value of a `metadata` pair. Nothing can be escaped there, so whatever is no word character becomes `_`. */
export function metadataText(text: string): string {
  return text.replace(/[^A-Za-z0-9_.:/+-]+/g, '_').slice(0, 100);
}
