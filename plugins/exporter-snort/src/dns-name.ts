/** Bytes in front of the question of a DNS message. */
export const DNS_HEADER = 12;

/** Over TCP, bytes in front of the header: the length of the message. */
export const TCP_LENGTH = 2;

/**
 * A name as in a DNS message: each label behind its length, closed by the empty label of the root. The first length
 * pins the left end and the root the right one, so a longer name on either side does not hold these bytes.
 */
export function wireName(host: string): Uint8Array {
  const bytes = Buffer.alloc(host.length + 2);
  let at = 0;
  for (const label of host.split('.')) {
    bytes[at] = label.length;
    bytes.write(label, at + 1, 'latin1');
    at += label.length + 1;
  }
  return bytes;
}
