/** One line of a text, without its end. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  /** True when the line is longer than anybody means: then `text` is only its beginning. */
  readonly isCut: boolean;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');
/** Bytes. Readers look at each word of a line in the light of the whole line. */
const LONGEST = 65_536;
const BEGINNING = 200;

/** The lines of a UTF-8 text, which end in LF, CRLF or CR, decoded one at a time; malformed bytes become U+FFFD. */
export function* linesOf(text: Buffer): Generator<Line> {
  let start = text.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
  let feed = -1;
  let carriageReturn = -1;
  for (let number = 1; start < text.length; number++) {
    // Each mark is looked for only once it was passed: most texts hold but one of them.
    if (feed < start) feed = positionOf(LINE_FEED, text, start);
    if (carriageReturn < start) carriageReturn = positionOf(CARRIAGE_RETURN, text, start);
    const end = Math.min(feed, carriageReturn);
    const isCut = end - start > LONGEST;
    yield { number, text: text.toString('utf8', start, isCut ? start + BEGINNING : end), isCut };
    start = end + (end === carriageReturn && feed === end + 1 ? 2 : 1);
  }
}

/** Position of a byte, or the end of the text. */
function positionOf(byte: number, text: Buffer, start: number): number {
  const position = text.indexOf(byte, start);
  return position < 0 ? text.length : position;
}
