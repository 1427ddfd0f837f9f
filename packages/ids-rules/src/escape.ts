/** Bytes that stand for themselves inside `content:"..."` of Suricata, Snort 3 and Snort 2.9. */
const PLAIN_CONTENT = /^[A-Za-z0-9 ._/=?&%@+~-]*$/;

/** How each byte is written in hex. */
const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** The character of each byte that stands for itself in a content, and the empty string for all others. */
const CONTENT = HEX.map((_, byte) => plainChar(byte, PLAIN_CONTENT));
/** How each byte is written in a regular expression. */
const PCRE = HEX.map((hex, byte) => plainChar(byte, /^[A-Za-z0-9]$/) || `\\x${hex}`);

function plainChar(byte: number, plain: RegExp): string {
  const char = String.fromCharCode(byte);
  return byte < 0x80 && plain.test(char) ? char : '';
}

/**
 * Text of a `content` option. Every byte that any of the engines could read as syntax, and every byte outside ASCII,
 * becomes hex between bars, so that a value can never end the option or change its meaning.
 */
export function contentText(value: string): string {
  if (PLAIN_CONTENT.test(value)) return value;
  return contentBytes(Buffer.from(value, 'utf8'));
}

/** Text of a `content` option for bytes; see {@link contentText}. Blanks between bytes in hex are written in hex too. */
export function contentBytes(bytes: Uint8Array): string {
  let text = '';
  let inHex = false;
  for (const byte of bytes) {
    const plain = inHex && byte === 0x20 ? '' : CONTENT[byte];
    if (plain) {
      text += inHex ? `|${plain}` : plain;
      inHex = false;
    } else {
      text += inHex ? ` ${HEX[byte]}` : `|${HEX[byte]}`;
      inHex = true;
    }
  }
  return inHex ? `${text}|` : text;
}

/** Text of a `pcre` option: every byte but letters and digits as `\xNN`, so nothing is syntax. */
export function pcreText(value: string): string {
  let text = '';
  for (const byte of Buffer.from(value, 'utf8')) text += PCRE[byte];
  return text;
}

/** Control, format (zero-width, bidirectional) and unassigned characters, and lone surrogates. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]+/gu;
const MESSAGE_LIMIT = 160;
/** Words of harmless characters with one blank between them: nothing to replace. */
const PLAIN_MESSAGE = /^[!#%-:<-[\]-{}~]+(?: [!#%-:<-[\]-{}~]+)*$/;

/**
 * Text of a `msg` option for a person, at most 160 characters. A message is never matched, so instead of escaping what
 * engines and their log writers treat differently, look-alikes take the place of `"`, `\`, `;`, `|` and `$`.
 */
export function messageText(text: string): string {
  if (text.length <= MESSAGE_LIMIT && PLAIN_MESSAGE.test(text)) return text;
  const clean = text
    .slice(0, 10 * MESSAGE_LIMIT)
    .replace(INVISIBLE, ' ')
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replaceAll(';', ',')
    .replaceAll('|', '/')
    .replaceAll('$', 'S')
    .replace(/\s+/g, ' ')
    .trim();
  if (clean.length <= MESSAGE_LIMIT) return clean;
  return `${clean.slice(0, MESSAGE_LIMIT - 3).replace(/\p{Cs}$/u, '')}...`;
}

/** Value of a `metadata` pair. Nothing can be escaped there, so whatever is no word character becomes `_`. */
export function metadataText(text: string): string {
  return text.slice(0, 100).replace(/[^A-Za-z0-9_.:/+-]+/g, '_');
}
