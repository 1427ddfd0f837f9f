/** One line of what somebody asks for. */
export interface ValueLine {
  /** Without the blanks around it. */
  readonly text: string;
  /** True when the line is longer than any value: then `text` is only its beginning. */
  readonly isCut: boolean;
}

/** Bytes. */
const LONGEST = 8192;
const BEGINNING = 200;
/** Lines that are looked up together. */
const AT_ONCE = 500;
const LINE_FEED = 10;

/**
 * The lines of a stream of UTF-8 that are not blank, in batches: as soon as a piece of the stream has come, all lines that it
 * completes. Memory does not grow with the stream, nor with a line.
 */
export async function* valueLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<readonly ValueLine[]> {
  let rest: Buffer = Buffer.alloc(0);
  let isTooLong = false;
  for await (const chunk of stream) {
    const lines: ValueLine[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      lines.push(...valueIn(Buffer.concat([rest, chunk.subarray(start, end)]), isTooLong));
      rest = Buffer.alloc(0);
      isTooLong = false;
      start = end + 1;
    }
    isTooLong ||= rest.length + chunk.length - start > LONGEST;
    rest = Buffer.concat([rest, chunk.subarray(start)]).subarray(0, LONGEST + 1);
    for (let at = 0; at < lines.length; at += AT_ONCE) yield lines.slice(at, at + AT_ONCE);
  }
  const last = valueIn(rest, isTooLong);
  if (last.length > 0) yield last;
}

/** At most one. */
function valueIn(line: Buffer, isTooLong: boolean): ValueLine[] {
  const isCut = isTooLong || line.length > LONGEST;
  const text = line.toString('utf8', 0, isCut ? BEGINNING : line.length).trim();
  return text === '' ? [] : [{ text, isCut }];
}
