import { type Conversation, fromClient, fromPeer, type Message, type Side } from '../conversation.ts';
import type { Scene } from './scene.ts';

/** The end outside of the home network. */
export interface Endpoint {
  readonly address: string;
  /** Left out: one that no service has. */
  readonly port?: number | undefined;
}

const PORT = 7777;
/** Port on which a client answers. */
const SERVICE = 40_022;

export type Transport = Conversation['transport'];

/** Packets between a client and an address, begun by one of the two. */
export function exchange({ address, port = PORT }: Endpoint, transport: Transport, opener: Side): Scene {
  const [request, reply] = opener === 'client' ? [fromClient, fromPeer] : [fromPeer, fromClient];
  const messages = transport === 'syn' ? [] : [request('hello\n'), reply('good day\n')];
  return scene({ address, port }, transport, opener, messages);
}

/** A single packet that nobody answers, so that none goes the other way. */
export function onePacket({ address, port = PORT }: Endpoint, transport: 'udp' | 'syn', sender: Side): Scene {
  const messages = transport === 'syn' ? [] : [sender === 'client' ? fromClient('hello\n') : fromPeer('hello\n')];
  return scene({ address, port }, transport, sender, messages);
}

function scene(
  { address, port }: { address: string; port: number },
  transport: Transport,
  opener: Side,
  messages: readonly Message[],
): Scene {
  const name = { tcp: 'TCP connection', udp: 'UDP packet', icmp: 'ICMP echo', syn: 'attempt to connect' }[transport];
  const at = transport === 'icmp' ? address : `${address} port ${port}`;
  const clientPort = opener === 'peer' ? { clientPort: SERVICE } : {};
  return {
    what: `${name} ${opener === 'client' ? 'to' : 'from'} ${at}`,
    protocol: 'ip',
    conversation: () => ({ transport, peer: address, peerPort: port, ...clientPort, opener, messages }),
  };
}
