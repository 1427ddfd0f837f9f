import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Sightings } from '@misp-pipeline/traffic';

/** An event of the engine's log, as far as it is read here. */
interface EveEvent {
  readonly event_type: string;
  readonly src_ip: string;
  readonly dest_ip: string;
  readonly alert: { readonly signature_id: number };
}

/** How a rule is called. */
export function ruleName(sid: number | string): string {
  return `sid ${sid}`;
}

/** Reads from the engine's log which rules fired on whose traffic. */
export async function readAlerts(path: string): Promise<Sightings> {
  const sightings = new Sightings();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const { event_type, src_ip, dest_ip, alert } = JSON.parse(line) as EveEvent;
    if (event_type === 'alert') sightings.add(ruleName(alert.signature_id), src_ip, dest_ip);
  }
  return sightings;
}
