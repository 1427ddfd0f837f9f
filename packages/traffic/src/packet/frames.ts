import type { Conversation, Message } from '../conversation.ts';
import { addressBytes } from './address.ts';
import { icmpFrame } from './icmp.ts';
import { SEGMENT_SIZE, TCP_FLAG, type TcpEnd, tcpFrame } from './tcp.ts';
import { udpFrame } from './udp.ts';

/** A port as operating systems choose one for the end that connects. */
export const EPHEMERAL_PORT = 50_123;

const FIRST_SEQUENCE = { client: 1000, peer: 5000 };

/** The Ethernet frames of a conversation that a client has. */
export function framesOf(conversation: Conversation, client: string): Generator<Buffer> {
  const ends: ConversationEnds = {
    client: endOf(client, conversation.clientPort ?? EPHEMERAL_PORT, FIRST_SEQUENCE.client),
    peer: endOf(conversation.peer, conversation.peerPort, FIRST_SEQUENCE.peer),
  };
  return conversation.transport === 'tcp' || conversation.transport === 'syn'
    ? tcpFrames(conversation, ends)
    : datagramFrames(conversation, ends);
}

type ConversationEnds = Readonly<Record<Message['from'], TcpEnd>>;

function endOf(address: string, port: number, sequence: number): TcpEnd {
  return { address: addressBytes(address), port, sequence };
}

function* datagramFrames({ transport, opener, messages }: Conversation, ends: ConversationEnds): Generator<Buffer> {
  for (const { from, bytes } of messages) {
    const [sender, receiver] = from === 'client' ? [ends.client, ends.peer] : [ends.peer, ends.client];
    const addresses = { source: sender.address, destination: receiver.address };
    if (transport === 'icmp') yield icmpFrame(addresses, from === opener, bytes);
    else yield udpFrame(addresses, sender.port, receiver.port, bytes);
  }
}

function* tcpFrames({ transport, opener, messages }: Conversation, ends: ConversationEnds): Generator<Buffer> {
  const [active, passive] = opener === 'client' ? [ends.client, ends.peer] : [ends.peer, ends.client];
  yield tcpFrame(active, passive, TCP_FLAG.syn);
  if (transport === 'syn') return;
  yield tcpFrame(passive, active, TCP_FLAG.syn | TCP_FLAG.ack);
  yield tcpFrame(active, passive, TCP_FLAG.ack);
  for (const { from, bytes } of messages) {
    const [sender, receiver] = from === 'client' ? [ends.client, ends.peer] : [ends.peer, ends.client];
    for (let start = 0; start < bytes.length; start += SEGMENT_SIZE) {
      yield tcpFrame(sender, receiver, TCP_FLAG.push | TCP_FLAG.ack, bytes.subarray(start, start + SEGMENT_SIZE));
      yield tcpFrame(receiver, sender, TCP_FLAG.ack);
    }
  }
  yield tcpFrame(active, passive, TCP_FLAG.fin | TCP_FLAG.ack);
  yield tcpFrame(passive, active, TCP_FLAG.fin | TCP_FLAG.ack);
  yield tcpFrame(active, passive, TCP_FLAG.ack);
}
