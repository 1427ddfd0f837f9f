import { join, u16 } from '../bytes.ts';
import { checksum } from './checksum.ts';
import { type Ends, IP_PROTOCOL, ipFrame, transportChecksum } from './ip.ts';

const REQUEST = { ipv4: 8, ipv6: 128 };
const REPLY = { ipv4: 0, ipv6: 129 };

/** An echo request or reply, of ICMP (RFC 792) or ICMPv6 (RFC 4443). */
export function icmpFrame(ends: Ends, isRequest: boolean, payload: Uint8Array): Buffer {
  const type = isRequest ? REQUEST : REPLY;
  const isIpv4 = ends.source.length === 4;
  const head = Buffer.of(isIpv4 ? type.ipv4 : type.ipv6, 0, 0, 0);
  const message = join(head, u16(7), u16(1), payload);
  const protocol = isIpv4 ? IP_PROTOCOL.icmp : IP_PROTOCOL.icmp6;
  message.writeUInt16BE(isIpv4 ? checksum(message) : transportChecksum(ends, protocol, message), 2);
  return ipFrame(ends, protocol, message);
}
