const LITTLE_ENDIAN = Buffer.from([0xff, 0xfe]);
const BIG_ENDIAN = Buffer.from([0xfe, 0xff]);

/** A text in UTF-8, made of one in UTF-16 when its byte order mark says so. */
export function utf8Of(text: Buffer): Buffer {
  const mark = text.subarray(0, 2);
  if (mark.equals(LITTLE_ENDIAN)) return Buffer.from(text.toString('utf16le', 2));
  if (!mark.equals(BIG_ENDIAN)) return text;
  const swapped = Buffer.from(text.subarray(2, text.length - (text.length % 2))).swap16();
  return Buffer.from(swapped.toString('utf16le'));
}
