import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a client and a server say to each other over one TCP connection. */
export interface Conversation {
  readonly client?: string;
  readonly server?: string;
  readonly port: number;
  /** Who speaks, and what; text is sent as UTF-8. */
  readonly said: readonly (readonly ['client' | 'server', string | Uint8Array])[];
}

const CLIENT = '10.64.0.1';
const SERVER = '198.51.100.80';
const FIN = 0x01;
const SYN = 0x02;
const PSH = 0x08;
const ACK = 0x10;
/** What fits in a packet. */
const MOST_PAYLOAD = 1400;

/** Writes conversations, one after the other, into a capture in a new folder and returns its path. */
export function writeConversations(conversations: readonly Conversation[]): string {
  const path = join(mkdtempSync(join(tmpdir(), 'suricata-capture-')), 'made.pcap');
  // Link type 1 is Ethernet.
  const head = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex');
  const frames = conversations.flatMap((conversation, i) => framesOf(conversation, 40_000 + i));
  writeFileSync(path, Buffer.concat([head, ...frames.map(recordOf)]));
  return path;
}

/** A frame in the capture, with a time of its own. */
function recordOf(frame: Buffer, i: number): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32LE(1_760_000_000 + Math.floor(i / 1000), 0);
  head.writeUInt32LE((i % 1000) * 1000, 4);
  head.writeUInt32LE(frame.length, 8);
  head.writeUInt32LE(frame.length, 12);
  return Buffer.concat([head, frame]);
}

/** Handshake, what is said, and the end of a connection. */
function framesOf({ client = CLIENT, server = SERVER, port, said }: Conversation, sourcePort: number): Buffer[] {
  const sides = {
    client: { from: client, to: server, ports: [sourcePort, port], sent: 1000 },
    server: { from: server, to: client, ports: [port, sourcePort], sent: 5000 },
  };
  const frames: Buffer[] = [];
  const send = (who: 'client' | 'server', flags: number, payload: Uint8Array = Buffer.alloc(0)) => {
    const side = sides[who];
    const acknowledged = flags === SYN ? 0 : sides[who === 'client' ? 'server' : 'client'].sent;
    const tcp = Buffer.alloc(20);
    for (const [i, number] of side.ports.entries()) tcp.writeUInt16BE(number, 2 * i);
    tcp.writeUInt32BE(side.sent, 4);
    tcp.writeUInt32BE(acknowledged, 8);
    tcp.writeUInt16BE((5 << 12) | flags, 12);
    tcp.writeUInt16BE(65_535, 14);
    frames.push(ipFrame(side.from, side.to, Buffer.concat([tcp, payload])));
    side.sent += payload.length + (flags & (SYN | FIN) ? 1 : 0);
  };
  send('client', SYN);
  send('server', SYN | ACK);
  send('client', ACK);
  for (const [who, what] of said) {
    const bytes = Buffer.from(what);
    for (let start = 0; start < bytes.length; start += MOST_PAYLOAD) {
      send(who, PSH | ACK, bytes.subarray(start, start + MOST_PAYLOAD));
      send(who === 'client' ? 'server' : 'client', ACK);
    }
  }
  send('client', FIN | ACK);
  send('server', FIN | ACK);
  send('client', ACK);
  return frames;
}

/** An Ethernet frame that holds an IPv4 packet. Checksums are left out: captures are read without looking at them. */
function ipFrame(from: string, to: string, segment: Uint8Array): Buffer {
  const ip = Buffer.alloc(20);
  ip[0] = 0x45;
  ip.writeUInt16BE(20 + segment.length, 2);
  ip[8] = 64;
  ip[9] = 6;
  ip.set(from.split('.').map(Number), 12);
  ip.set(to.split('.').map(Number), 16);
  const ethernet = Buffer.from('0200000000020200000000010800', 'hex');
  return Buffer.concat([ethernet, ip, segment]);
}
