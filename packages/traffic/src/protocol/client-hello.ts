import { join, sized8, sized16, sized24, u8, u16 } from '../bytes.ts';

/** What a client offers, which is what its fingerprints are made of. */
export interface HelloProfile {
  readonly ciphers: readonly number[];
  readonly groups: readonly number[];
  /** Undefined: no such extension, as in TLS 1.3 and QUIC. */
  readonly pointFormats: readonly number[] | undefined;
  readonly signatures: readonly number[];
  /** Application protocols; empty: no such extension. */
  readonly applications: readonly string[];
  /** Versions offered beside TLS 1.2; empty: no such extension. */
  readonly versions: readonly number[];
  readonly overQuic: boolean;
}

export interface Extension {
  readonly type: number;
  readonly body: Buffer;
}

export const EXTENSION = {
  serverName: 0,
  groups: 10,
  pointFormats: 11,
  signatures: 13,
  applications: 16,
  extendedMasterSecret: 23,
  versions: 43,
  keyShare: 51,
  quicParameters: 57,
} as const;

const CLIENT_HELLO = 1;
export const TLS_1_2 = 0x0303;
const X25519 = 29;
const RANDOM = Buffer.alloc(32, 0x11);
const SESSION = Buffer.alloc(32, 0x33);
const PUBLIC_KEY = Buffer.alloc(32, 0x22);
/** The smallest set of transport parameters that names a connection: an empty source connection id (RFC 9000). */
const QUIC_PARAMETERS = Buffer.of(0x0f, 0x00);

/** A ClientHello (RFC 5246, RFC 8446) as a handshake message. */
export function clientHello(profile: HelloProfile, serverName: string | undefined): Buffer {
  const session = profile.overQuic ? sized8() : sized8(SESSION);
  const extensions = extensionsOf(profile, serverName).map(({ type, body }) => join(u16(type), sized16(body)));
  const offer = join(sized16(...profile.ciphers.map(u16)), sized8(u8(0)), sized16(...extensions));
  return join(u8(CLIENT_HELLO), sized24(u16(TLS_1_2), RANDOM, session, offer));
}

/** The extensions in the order in which they are sent. */
export function extensionsOf(profile: HelloProfile, serverName: string | undefined): readonly Extension[] {
  const { groups, pointFormats, signatures, applications, versions, overQuic } = profile;
  const list: Extension[] = [];
  const add = (type: number, body: Buffer): unknown => list.push({ type, body });
  if (serverName !== undefined) add(EXTENSION.serverName, sized16(u8(0), sized16(Buffer.from(serverName, 'latin1'))));
  add(EXTENSION.groups, sized16(...groups.map(u16)));
  if (pointFormats !== undefined) add(EXTENSION.pointFormats, sized8(Buffer.from(pointFormats)));
  add(EXTENSION.signatures, sized16(...signatures.map(u16)));
  if (applications.length > 0) {
    add(EXTENSION.applications, sized16(...applications.map((name) => sized8(Buffer.from(name, 'latin1')))));
  }
  if (!overQuic) add(EXTENSION.extendedMasterSecret, Buffer.alloc(0));
  if (versions.length > 0) {
    add(EXTENSION.versions, sized8(...versions.map(u16)));
    add(EXTENSION.keyShare, sized16(u16(X25519), sized16(PUBLIC_KEY)));
  }
  if (overQuic) add(EXTENSION.quicParameters, QUIC_PARAMETERS);
  return list;
}
