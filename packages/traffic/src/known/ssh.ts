import { hasshOf, type SshProfile } from '../protocol/ssh.ts';
import type { Known } from './known.ts';

export const PLAIN_SSH: SshProfile = {
  exchanges: 'curve25519-sha256,ecdh-sha2-nistp256',
  ciphers: 'chacha20-poly1305@openssh.com,aes128-ctr,aes256-gcm@openssh.com',
  macs: 'hmac-sha2-256-etm@openssh.com,hmac-sha2-256',
  compressions: 'none,zlib@openssh.com',
};

const OLD_SSH: SshProfile = {
  exchanges: 'diffie-hellman-group14-sha1,diffie-hellman-group1-sha1',
  ciphers: 'aes128-cbc,3des-cbc',
  macs: 'hmac-sha1,hmac-md5',
  compressions: 'none',
};

/** Clients and servers whose fingerprints a made event can hold. */
export const KNOWN_SSH: readonly Known<SshProfile>[] = [
  {
    what: 'an old SSH program',
    thing: OLD_SSH,
    digests: [
      { kind: 'hassh', value: hasshOf(OLD_SSH) },
      { kind: 'hasshserver', value: hasshOf(OLD_SSH) },
    ],
  },
];
