import type { Conversation } from '../conversation.ts';

/** What an engine must be able to see. */
export type ProbeProtocol = 'ip' | 'tcp' | 'udp' | 'dns' | 'http' | 'tls' | 'quic' | 'smtp' | 'ssh' | 'file';

/** Something that happens on a network. */
export interface Scene {
  /** Such as `DNS query for www.evil.example`. */
  readonly what: string;
  readonly protocol: ProbeProtocol;
  /** Makes what is said. Called when a capture is written, so that any number of scenes takes little memory. */
  readonly conversation: () => Conversation;
}

/** The scene under a name that says more. */
export function called(what: string, scene: Scene): Scene {
  return { ...scene, what };
}
