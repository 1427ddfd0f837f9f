import type { EndpointMatch, Match } from './dialect.ts';

/**
 * A rule for packets between an endpoint and the home network. The protocol is never `ip`: both Snorts ignore the port
 * of such rules.
 */
export function endpointRule(protocol: 'tcp' | 'udp', endpoint: EndpointMatch, options: string): Match {
  const { address, port, direction } = endpoint;
  const ends = direction === 'source' ? `${address} ${port} -> $HOME_NET any` : `$HOME_NET any -> ${address} ${port}`;
  return { header: `alert ${protocol} ${ends}`, options };
}
