import { oneLine } from './one-line.ts';

/** The value of a JSON text in UTF-8, with or without byte order mark. Throws an Error with a message of one line. */
export function parseJson(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    throw new Error(`not JSON: ${oneLine(error instanceof Error ? error.message : String(error))}`);
  }
}
