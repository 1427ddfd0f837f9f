import { messageOf } from '@misp-pipeline/core';

/** The value of a JSON text in UTF-8, with or without byte order mark. Throws an Error that quotes nothing of the text. */
export function parseJson(bytes: Buffer): unknown {
  const text = textOf(bytes);
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    // V8 quotes the text around the fault, as in `Unexpected token 'x', "..." is not valid JSON`.
    throw new Error(`not JSON: ${messageOf(error).replace(/, (?:"|\.\.\.").*$/s, '')}`);
  }
}

/** Node puts longer texts outside of the heap, where they make the garbage collector run much too often. */
const LONGEST_PIECE = 1 << 19;

function textOf(bytes: Buffer): string {
  let text = '';
  for (let start = 0; start < bytes.length; ) {
    const end = endOfCharacter(bytes, start + LONGEST_PIECE);
    text += bytes.toString('utf8', start, end);
    start = end;
  }
  return text;
}

/** The first place from `index` on at which a character of UTF-8 ends. */
function endOfCharacter(bytes: Buffer, index: number): number {
  let end = Math.min(index, bytes.length);
  while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end++;
  return end;
}
