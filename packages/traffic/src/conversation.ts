/** One of the two ends: a client of the home network, or the host it talks with. */
export type Side = 'client' | 'peer';

export interface Message {
  readonly from: Side;
  readonly bytes: Uint8Array;
}

/** What two hosts say to each other, before it is cut into packets. */
export interface Conversation {
  /** `syn` is the attempt to connect that nobody answers. */
  readonly transport: 'tcp' | 'udp' | 'icmp' | 'syn';
  /** Address of the peer; the client has one of the same family. */
  readonly peer: string;
  readonly peerPort: number;
  /** Left out: a port as operating systems choose one. */
  readonly clientPort?: number;
  /** Who connects, or speaks first. */
  readonly opener: Side;
  readonly messages: readonly Message[];
}

export function fromClient(bytes: Uint8Array | string): Message {
  return { from: 'client', bytes: bytesOf(bytes) };
}

export function fromPeer(bytes: Uint8Array | string): Message {
  return { from: 'peer', bytes: bytesOf(bytes) };
}

function bytesOf(bytes: Uint8Array | string): Uint8Array {
  return typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
}
