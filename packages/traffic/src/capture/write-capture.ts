import { familyOf } from '../packet/address.ts';
import { framesOf } from '../packet/frames.ts';
import type { Probe } from '../probe/probe.ts';
import { Clients } from './clients.ts';
import { PcapFile } from './pcap-file.ts';

export interface SentProbe {
  readonly probe: Probe;
  /** Source or destination of every alert on the probe, and on no other. */
  readonly client: string;
}

/** Writes a capture file. Each probe gets a client address of its own, by which alerts are told apart. */
export async function writeCapture(path: string, probes: Iterable<Probe>): Promise<readonly SentProbe[]> {
  const file = await PcapFile.create(path);
  const clients = new Clients();
  const sent: SentProbe[] = [];
  try {
    for (const probe of probes) {
      const conversation = probe.conversation();
      const client = clients.next(familyOf(conversation.peer), probe.listed);
      for (const frame of framesOf(conversation, client)) {
        if (file.isFull(frame)) await file.flush();
        file.add(frame);
      }
      sent.push({ probe, client });
    }
    await file.flush();
  } finally {
    await file.close();
  }
  return sent;
}
