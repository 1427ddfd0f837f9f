import { join, u16, u32 } from '../bytes.ts';
import { checksum } from './checksum.ts';

/** Numbers of the protocols in an IP packet. */
export const IP_PROTOCOL = { icmp: 1, tcp: 6, udp: 17, icmp6: 58 } as const;

export interface Ends {
  /** 4 or 16 bytes. */
  readonly source: Buffer;
  /** As many. */
  readonly destination: Buffer;
}

/** Locally administered addresses of two network cards. */
const ETHERNET_ADDRESSES = Buffer.from('020000000002020000000001', 'hex');
const ETHER_TYPE_IPV4 = u16(0x0800);
const ETHER_TYPE_IPV6 = u16(0x86dd);
const TIME_TO_LIVE = 64;

/** An Ethernet frame with an IP packet (RFC 791, RFC 8200) around `payload`. */
export function ipFrame(ends: Ends, protocol: number, payload: Buffer): Buffer {
  return ends.source.length === 4
    ? join(ETHERNET_ADDRESSES, ETHER_TYPE_IPV4, ipv4Header(ends, protocol, payload.length), payload)
    : join(ETHERNET_ADDRESSES, ETHER_TYPE_IPV6, ipv6Header(ends, protocol, payload.length), payload);
}

const IPV4_HEADER = 20;
const DO_NOT_FRAGMENT = 0x4000;

function ipv4Header({ source, destination }: Ends, protocol: number, length: number): Buffer {
  const start = Buffer.of(0x45, 0);
  const fields = Buffer.of(TIME_TO_LIVE, protocol, 0, 0);
  const header = join(start, u16(IPV4_HEADER + length), u16(1), u16(DO_NOT_FRAGMENT), fields, source, destination);
  header.writeUInt16BE(checksum(header), 10);
  return header;
}

function ipv6Header({ source, destination }: Ends, protocol: number, length: number): Buffer {
  return join(u32(0x60000000), u16(length), Buffer.of(protocol, TIME_TO_LIVE), source, destination);
}

/** Checksum of a TCP, UDP or ICMPv6 message, which covers the addresses too. */
export function transportChecksum({ source, destination }: Ends, protocol: number, message: Buffer): number {
  return checksum(join(source, destination, u32(message.length), u32(protocol)), message);
}
