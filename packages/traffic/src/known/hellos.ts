import type { HelloProfile } from '../protocol/client-hello.ts';
import { ja3Of, ja4Of } from '../protocol/hello-fingerprint.ts';
import { ODD_QUIC_HELLO, OLD_HELLO, REORDERED_HELLO } from '../protocol/hello-profiles.ts';
import type { Digest, Known } from './known.ts';

/** Name that the known clients ask for. */
export const HELLO_NAME = 'known-client.test';

export function fingerprintsOf(profile: HelloProfile): readonly Digest[] {
  return [
    { kind: 'ja3', value: ja3Of(profile, HELLO_NAME) },
    { kind: 'ja4', value: ja4Of(profile, HELLO_NAME) },
  ];
}

function known(what: string, profile: HelloProfile): Known<HelloProfile> {
  return { what, thing: profile, digests: fingerprintsOf(profile) };
}

/** Clients whose fingerprints a made event can hold. */
export const KNOWN_HELLOS: readonly Known<HelloProfile>[] = [
  known('an old client', OLD_HELLO),
  known('an old client that prefers another cipher', REORDERED_HELLO),
  known('an odd client over QUIC', ODD_QUIC_HELLO),
];
