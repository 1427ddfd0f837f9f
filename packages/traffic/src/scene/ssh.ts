import type { Listed } from '../listed.ts';
import { SSH_PORT, type SshProfile, sshMessages } from '../protocol/ssh.ts';
import type { Scene } from './scene.ts';

/** A client logs in to a server. */
export function openSsh({ plain }: Listed, client: SshProfile, server: SshProfile): Scene {
  return {
    what: 'SSH connection',
    protocol: 'ssh',
    conversation: () => {
      const messages = sshMessages(client, server);
      return { transport: 'tcp', peer: plain.server[4], peerPort: SSH_PORT, opener: 'client', messages };
    },
  };
}
