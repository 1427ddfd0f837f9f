import { hash } from 'node:crypto';
import { join, sized32, u8, u32 } from '../bytes.ts';
import { fromClient, fromPeer, type Message } from '../conversation.ts';

export const SSH_PORT = 22;

/** What an SSH client or server offers, which is what its fingerprint is made of. */
export interface SshProfile {
  readonly exchanges: string;
  readonly ciphers: string;
  readonly macs: string;
  readonly compressions: string;
}

/** HASSH or hasshServer: MD5 of what is offered for the sender's own direction (github.com/salesforce/hassh). */
export function hasshOf({ exchanges, ciphers, macs, compressions }: SshProfile): string {
  return hash('md5', [exchanges, ciphers, macs, compressions].join(';'));
}

const KEY_EXCHANGE_INIT = 20;
const BLOCK = 8;
const LEAST_PADDING = 4;

/** The part of an SSH connection (RFC 4253) that is not encrypted. */
export function sshMessages(client: SshProfile, server: SshProfile): readonly Message[] {
  return [
    fromClient('SSH-2.0-plain_client\r\n'),
    fromPeer('SSH-2.0-plain_server\r\n'),
    fromClient(packet(offer(client))),
    fromPeer(packet(offer(server))),
  ];
}

function offer({ exchanges, ciphers, macs, compressions }: SshProfile): Buffer {
  const names = [exchanges, 'ssh-ed25519', ciphers, ciphers, macs, macs, compressions, compressions, '', ''];
  const lists = names.map((list) => sized32(Buffer.from(list, 'latin1')));
  return join(u8(KEY_EXCHANGE_INIT), Buffer.alloc(16, 0x33), ...lists, u8(0), u32(0));
}

function packet(payload: Buffer): Buffer {
  const unpadded = 5 + payload.length + LEAST_PADDING;
  const padding = LEAST_PADDING + ((BLOCK - (unpadded % BLOCK)) % BLOCK);
  return sized32(u8(padding), payload, Buffer.alloc(padding));
}
