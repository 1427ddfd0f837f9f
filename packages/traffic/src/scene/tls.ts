import { fromClient } from '../conversation.ts';
import type { Listed } from '../listed.ts';
import { certificate } from '../protocol/certificate.ts';
import { clientHello, type HelloProfile } from '../protocol/client-hello.ts';
import { PLAIN_HELLO, PLAIN_QUIC_HELLO } from '../protocol/hello-profiles.ts';
import { quicInitial } from '../protocol/quic.ts';
import { TLS_PORT, tlsMessages } from '../protocol/tls.ts';
import type { Scene } from './scene.ts';

export interface Greeting {
  /** Address of the server; left out: a plain one. */
  readonly server?: string;
  readonly port?: number;
  /** Left out: the client names none. */
  readonly name?: string;
  readonly profile?: HelloProfile;
  /** What the server shows, its own certificate first. */
  readonly certificates?: readonly Uint8Array[];
}

/** What a plain server shows; made once, since a signature takes as long as many packets. */
const PLAIN_CERTIFICATE = certificate('server.test');

/** A client opens a TLS session. */
export function openTls({ plain }: Listed, greeting: Greeting): Scene {
  const { server = plain.server[4], port = TLS_PORT, name, profile = PLAIN_HELLO } = greeting;
  const { certificates = [PLAIN_CERTIFICATE] } = greeting;
  return {
    what: `TLS connection to ${name ?? `${server}:${port}`}`,
    protocol: 'tls',
    conversation: () => {
      const messages = tlsMessages(profile, name, certificates);
      return { transport: 'tcp', peer: server, peerPort: port, opener: 'client', messages };
    },
  };
}

/** A client begins a QUIC connection. */
export function openQuic({ plain }: Listed, greeting: Greeting): Scene {
  const { server = plain.server[4], port = TLS_PORT, name, profile = PLAIN_QUIC_HELLO } = greeting;
  return {
    what: `QUIC connection to ${name ?? `${server}:${port}`}`,
    protocol: 'quic',
    conversation: () => {
      const messages = [fromClient(quicInitial(clientHello(profile, name)))];
      return { transport: 'udp', peer: server, peerPort: port, opener: 'client', messages };
    },
  };
}

/** A client names a server by TLS, and by QUIC on its own port: engines look for it on no other. */
export function greetings(listed: Listed, name: string, port?: number): readonly Scene[] {
  const tls = openTls(listed, port === undefined ? { name } : { name, port });
  return port === undefined || port === TLS_PORT ? [tls, openQuic(listed, { name })] : [tls];
}
