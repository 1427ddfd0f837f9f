const HEX = /^\s*(?:[0-9a-f]{2}\s*)+$/i;

/**
 * The bytes of a pattern in traffic: text, in which hexadecimal digits between bars stand for bytes as they do in rules,
 * such as `BOT|0d 0a|HELO`. Where not all bars fit, they are text too.
 */
export function patternBytes(pattern: string): Buffer {
  const parts = pattern.split('|');
  const isHex = (part: string, i: number) => i % 2 === 0 || HEX.test(part);
  if (parts.length % 2 === 0 || !parts.every(isHex)) return Buffer.from(pattern);
  return Buffer.concat(
    parts.map((part, i) => (i % 2 === 0 ? Buffer.from(part) : Buffer.from(part.replace(/\s/g, ''), 'hex'))),
  );
}
