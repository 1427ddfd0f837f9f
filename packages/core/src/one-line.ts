/**
 * Foreign text as part of a message: one line without control characters, and not endless.
 * @param longest characters; what is longer is cut off.
 */
export function oneLine(text: string, longest = 300): string {
  const line = text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}...` : line;
}
