import { join, u16, u32 } from '../bytes.ts';
import { IP_PROTOCOL, ipFrame, transportChecksum } from './ip.ts';

export const TCP_FLAG = { fin: 0x01, syn: 0x02, push: 0x08, ack: 0x10 } as const;

/** Bytes of payload in one segment. */
export const SEGMENT_SIZE = 1400;

/** One end of a TCP connection (RFC 9293), with the number of the next byte that it sends. */
export interface TcpEnd {
  readonly address: Buffer;
  readonly port: number;
  sequence: number;
}

const MAXIMUM_SEGMENT_SIZE = Buffer.of(2, 4, 1460 >> 8, 1460 & 255);
const WINDOW = 64_240;
const HEADER_WORDS = 5;
const NONE = Buffer.alloc(0);

/** A segment; the sender's sequence number moves on by what it takes. */
export function tcpFrame(from: TcpEnd, to: TcpEnd, flags: number, payload: Uint8Array = NONE): Buffer {
  const isSyn = (flags & TCP_FLAG.syn) !== 0;
  const options = isSyn ? MAXIMUM_SEGMENT_SIZE : NONE;
  const words = HEADER_WORDS + options.length / 4;
  const acknowledged = (flags & TCP_FLAG.ack) !== 0 ? to.sequence : 0;
  const ports = join(u16(from.port), u16(to.port));
  const state = join(u32(from.sequence), u32(acknowledged), Buffer.of(words << 4, flags), u16(WINDOW), u32(0));
  const segment = join(ports, state, options, payload);
  const ends = { source: from.address, destination: to.address };
  segment.writeUInt16BE(transportChecksum(ends, IP_PROTOCOL.tcp, segment), 16);
  from.sequence += payload.length + (isSyn || (flags & TCP_FLAG.fin) !== 0 ? 1 : 0);
  return ipFrame(ends, IP_PROTOCOL.tcp, segment);
}
