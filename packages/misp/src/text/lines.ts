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

/** The lines of a UTF-8 text, decoded one at a time; malformed bytes become U+FFFD. */
export function* linesOf(text: Buffer): Generator<Line> {
  let start = text.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
  for (let number = 1; start < text.length; number++) {
    const feed = text.indexOf(LINE_FEED, start);
    const next = feed < 0 ? text.length : feed;
    const end = next > start && text[next - 1] === CARRIAGE_RETURN ? next - 1 : next;
    const isCut = end - start > LONGEST;
    yield { number, text: text.toString('utf8', start, isCut ? start + BEGINNING : end), isCut };
    start = next + 1;
  }
}
