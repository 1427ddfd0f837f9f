import { hash } from 'node:crypto';
import type { Conversation } from './capture.ts';

/** A request and its answer, which is a file of a few bytes. */
export function httpTalk(
  target: string,
  { method = 'GET', host = 'site.example', headers = {}, server = {} } = {},
): Conversation {
  const lines = (fields: object) => Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n${lines(headers).join('')}\r\n`;
  const body = 'MZ plain bytes of a file';
  const answer = `HTTP/1.1 200 OK\r\n${lines(server).join('')}Content-Length: ${body.length}\r\n\r\n${body}`;
  return {
    port: Number(/:(\d+)$/.exec(host)?.[1] ?? 80),
    said: [
      ['client', request],
      ['server', answer],
    ],
  };
}

/** A mail of the header fields given, sent in clear text. */
export function mailTalk(
  headers: Readonly<Record<string, string>>,
  { from = 'a@plain.example', to = 'b@site.example', body = 'SGVsbG8=' } = {},
): Conversation {
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return {
    port: 25,
    said: [
      ['server', '220 mx.site.example ESMTP\r\n'],
      ['client', 'EHLO client.example\r\n'],
      ['server', '250 mx.site.example\r\n'],
      ['client', `MAIL FROM:<${from}>\r\n`],
      ['server', '250 ok\r\n'],
      ['client', `RCPT TO:<${to}>\r\n`],
      ['server', '250 ok\r\n'],
      ['client', 'DATA\r\n'],
      ['server', '354 go on\r\n'],
      ['client', `${fields.join('')}\r\n${body}\r\n.\r\n`],
      ['server', '250 queued\r\n'],
      ['client', 'QUIT\r\n'],
      ['server', '221 bye\r\n'],
    ],
  };
}

/** The algorithms that the two ends of an SSH connection offer, in the order of the message. */
interface SshOffer {
  readonly kex: string;
  readonly cipher: string;
  readonly mac: string;
  readonly compression: string;
}

const OFFER: SshOffer = { kex: 'curve25519-sha256', cipher: 'aes128-ctr', mac: 'hmac-sha2-256', compression: 'none' };

/** The beginning of an SSH connection, up to the algorithms that both ends offer. */
export function sshTalk(client: Partial<SshOffer> = {}, server: Partial<SshOffer> = {}): Conversation {
  return {
    port: 22,
    said: [
      ['server', 'SSH-2.0-OpenSSH_9.2\r\n'],
      ['client', 'SSH-2.0-OpenSSH_9.2\r\n'],
      ['client', kexInit({ ...OFFER, ...client })],
      ['server', kexInit({ ...OFFER, ...server })],
    ],
  };
}

/** The fingerprint of an end that offers this, as HASSH defines it for clients and servers. */
export function hasshOf(offer: Partial<SshOffer> = {}): string {
  const { kex, cipher, mac, compression } = { ...OFFER, ...offer };
  return hash('md5', [kex, cipher, mac, compression].join(';'));
}

/** Message 20 of RFC 4253: cookie, ten lists of names, no guess, padded to eight bytes. */
function kexInit({ kex, cipher, mac, compression }: SshOffer): Buffer {
  const lists = [kex, 'ssh-ed25519', cipher, cipher, mac, mac, compression, compression, '', ''];
  const payload = Buffer.concat([Buffer.from([20]), Buffer.alloc(16, 7), ...lists.map(nameList), Buffer.alloc(5)]);
  const padding = 8 - ((payload.length + 5) % 8) + 8;
  const head = Buffer.alloc(5);
  head.writeUInt32BE(1 + payload.length + padding, 0);
  head[4] = padding;
  return Buffer.concat([head, payload, Buffer.alloc(padding)]);
}

function nameList(names: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(names.length);
  return Buffer.concat([length, Buffer.from(names)]);
}
