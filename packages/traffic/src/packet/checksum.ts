/** The Internet checksum (RFC 1071) of one or more pieces; all but the last have an even length. */
export function checksum(...pieces: readonly Uint8Array[]): number {
  let sum = 0;
  for (const bytes of pieces) {
    for (let i = 0; i < bytes.length; i += 2) sum += ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
