import { join, sized8, sized16, sized24, u8, u16 } from '../bytes.ts';
import { fromClient, fromPeer, type Message } from '../conversation.ts';
import { clientHello, type HelloProfile, TLS_1_2 } from './client-hello.ts';

export const TLS_PORT = 443;

const RECORD = { changeCipherSpec: 20, handshake: 22, applicationData: 23 };
const HANDSHAKE = { serverHello: 2, certificate: 11, serverHelloDone: 14, clientKeyExchange: 16 };
/** TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 without compression. */
const CHOICE = Buffer.of(0xc0, 0x2f, 0);
const RENEGOTIATION = join(u16(0xff01), sized16(u8(0)));

/** A TLS 1.2 session, in which the certificates can be seen; what would be encrypted is filler. */
export function tlsMessages(
  profile: HelloProfile,
  serverName: string | undefined,
  certificates: readonly Uint8Array[],
): readonly Message[] {
  const session = sized8(Buffer.alloc(32, 0x55));
  const hello = join(u16(TLS_1_2), Buffer.alloc(32, 0x44), session, CHOICE, sized16(RENEGOTIATION));
  const chain = sized24(...certificates.map((certificate) => sized24(certificate)));
  const key = sized8(Buffer.of(4), Buffer.alloc(64, 0x66));
  const changed = record(RECORD.changeCipherSpec, u8(1));
  const finished = record(RECORD.handshake, Buffer.alloc(40, 0x77));
  return [
    fromClient(record(RECORD.handshake, clientHello(profile, serverName))),
    fromPeer(
      join(
        handshake(HANDSHAKE.serverHello, hello),
        handshake(HANDSHAKE.certificate, chain),
        handshake(HANDSHAKE.serverHelloDone),
      ),
    ),
    fromClient(join(handshake(HANDSHAKE.clientKeyExchange, key), changed, finished)),
    fromPeer(join(changed, finished)),
    fromClient(record(RECORD.applicationData, Buffer.alloc(120, 0x99))),
    fromPeer(record(RECORD.applicationData, Buffer.alloc(300, 0xaa))),
  ];
}

function handshake(type: number, ...body: readonly Uint8Array[]): Buffer {
  return record(RECORD.handshake, join(u8(type), sized24(...body)));
}

function record(type: number, body: Uint8Array): Buffer {
  return join(u8(type), u16(TLS_1_2), sized16(body));
}
