/** Bytes of the buffer into which analysisd reads a line, with its line feed. */
const LINE_BUFFER = 65_534;

/**
 * Reads a list as analysisd 4.x compiles it: from each line the key that a look-up will find, with its value. What
 * stands between the first two quotation marks is the key when the first of them comes before the first colon,
 * otherwise what stands before that colon. Lines without a key are passed over without a word, and of several lines
 * with the same key the first one counts.
 */
export function readCdb(text: string): ReadonlyMap<string, string> {
  const list = new Map<string, string>();
  for (const line of text.split('\n')) {
    if (Buffer.byteLength(line) >= LINE_BUFFER) throw new Error('the line would be read as two');
    const entry = readLine(line.split(/[\r\0]/, 1)[0] ?? '');
    if (entry !== undefined && !list.has(entry[0])) list.set(...entry);
  }
  return list;
}

function readLine(line: string): [string, string] | undefined {
  const quote = line.indexOf('"');
  const isQuoted = quote >= 0 && line.indexOf(':') > quote;
  const end = isQuoted ? line.indexOf('"', quote + 1) : line.indexOf(':');
  if (end < 0) return undefined;
  const key = line.slice(isQuoted ? quote + 1 : 0, end);
  const colon = line.indexOf(':', end);
  return colon < 0 ? undefined : [key, readValue(line.slice(colon + 1))];
}

function readValue(text: string): string {
  const quoted = /"([^"]*)"/.exec(text);
  return quoted?.[1] ?? text;
}

/** The form of a line that the manager's API takes. */
export const API_LINE = /^(?:"[\w\- :]+"|[^\s:"]+):(?:"[^"]*"|[^:"]*)$/;
