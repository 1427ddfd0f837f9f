import type { Probe } from '@misp-pipeline/traffic';
import type { Traffic } from './wire.ts';

const SERVICES: Partial<Record<Probe['protocol'], Traffic['service']>> = {
  dns: 'dns',
  http: 'http',
  tls: 'ssl',
  smtp: 'smtp',
};

/** What the two sides of a probe send, as the model of a sensor takes it. */
export function trafficOf({ protocol, conversation }: Probe): readonly Traffic[] {
  const { transport, peerPort: port, messages } = conversation();
  return (['client', 'peer'] as const).map((side) => {
    const bytes = Buffer.concat(messages.filter(({ from }) => from === side).map(({ bytes }) => bytes));
    const traffic: Traffic = {
      protocol: transport === 'udp' ? 'udp' : 'tcp',
      service: SERVICES[protocol] ?? 'unknown',
      port,
      payload: bytes.toString('latin1'),
    };
    return protocol === 'http' && side === 'client' ? withRequest(traffic) : traffic;
  });
}

function withRequest(traffic: Traffic): Traffic {
  const [head = ''] = traffic.payload.split('\r\n\r\n');
  const [line = '', ...fields] = head.split('\r\n');
  const [method = '', target = ''] = line.split(' ');
  const headers = fields.map((field): [string, string] => {
    const colon = field.indexOf(':');
    return [field.slice(0, colon), field.slice(colon + 1).trim()];
  });
  return { ...traffic, http: { method, target, headers } };
}
