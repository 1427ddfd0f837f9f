import { messageOf } from '@misp-pipeline/core';

/** The value of a JSON text in UTF-8, with or without byte order mark. Throws an Error that quotes nothing of the text. */
export function parseJson(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    // V8 quotes the text around the fault, as in `Unexpected token 'x', "..." is not valid JSON`.
    throw new Error(`not JSON: ${messageOf(error).replace(/, (?:"|\.\.\.").*$/s, '')}`);
  }
}
