import { fromClient, fromPeer } from '../conversation.ts';
import type { Listed } from '../listed.ts';
import type { Family } from '../packet/address.ts';
import { DNS_PORT, type DnsQuestion, dnsOverTcp, dnsQuery, dnsResponse } from '../protocol/dns.ts';
import type { Scene } from './scene.ts';

export interface LookUp {
  readonly type?: DnsQuestion['type'];
  readonly edns?: boolean;
  readonly transport?: 'udp' | 'tcp';
  /** Over which a resolver is asked. */
  readonly family?: Family;
}

/** A client asks a resolver for a name. */
export function lookUp(name: string, { plain }: Listed, options: LookUp = {}): Scene {
  const { type = 'A', edns = false, transport = 'udp', family = 4 } = options;
  return {
    what: `DNS query for ${name} (${type} over ${transport})`,
    protocol: 'dns',
    conversation: () => {
      const question = { name, type, edns };
      const wrap = transport === 'tcp' ? dnsOverTcp : (message: Buffer) => message;
      const query = fromClient(wrap(dnsQuery(question)));
      const response = fromPeer(wrap(dnsResponse(question, plain.server[type === 'AAAA' ? 6 : 4])));
      const peer = plain.resolver[family];
      return { transport, peer, peerPort: DNS_PORT, opener: 'client', messages: [query, response] };
    },
  };
}
