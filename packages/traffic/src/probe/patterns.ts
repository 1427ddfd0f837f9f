import { type Indicator, patternBytes } from '@misp-pipeline/core';
import { fromClient, fromPeer } from '../conversation.ts';
import type { Scene } from '../scene/scene.ts';
import type { Probes } from './probe.ts';

/** Bytes in any traffic. */
export function probePattern({ value }: Indicator, probes: Probes): void {
  const bytes = patternBytes(value);
  if (bytes.length === 0) return;
  const changed = Buffer.from(bytes);
  const middle = bytes.length >> 1;
  changed.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  for (const transport of ['tcp', 'udp'] as const) {
    for (const sender of ['client', 'peer'] as const) {
      probes.hit('plain', holding(bytes, transport, sender, 'the pattern', probes));
      probes.miss('changed', holding(changed, transport, sender, 'the pattern, one bit changed', probes));
    }
  }
}

const PORT = 40_044;
/** No protocol begins like this. */
const BEFORE = Buffer.from('\x01~~ ', 'latin1');
const BEHIND = Buffer.from(' ~~\x01', 'latin1');

function holding(
  bytes: Buffer,
  transport: 'tcp' | 'udp',
  sender: 'client' | 'peer',
  what: string,
  { listed }: Probes,
): Scene {
  const payload = Buffer.concat([BEFORE, bytes, BEHIND]);
  const messages = sender === 'client' ? [fromClient(payload)] : [fromClient(BEFORE), fromPeer(payload)];
  const peer = listed.plain.server[4];
  return {
    what: `${what} over ${transport} from the ${sender === 'client' ? 'client' : 'server'}`,
    protocol: transport,
    conversation: () => ({ transport, peer, peerPort: PORT, opener: 'client', messages }),
  };
}
