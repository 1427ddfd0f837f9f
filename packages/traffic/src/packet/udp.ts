import { join, u16 } from '../bytes.ts';
import { type Ends, IP_PROTOCOL, ipFrame, transportChecksum } from './ip.ts';

const HEADER = 8;

/** A UDP datagram (RFC 768). */
export function udpFrame(ends: Ends, sourcePort: number, destinationPort: number, payload: Uint8Array): Buffer {
  const datagram = join(u16(sourcePort), u16(destinationPort), u16(HEADER + payload.length), u16(0), payload);
  // A checksum of zero would say that there is none.
  datagram.writeUInt16BE(transportChecksum(ends, IP_PROTOCOL.udp, datagram) || 0xffff, 6);
  return ipFrame(ends, IP_PROTOCOL.udp, datagram);
}
