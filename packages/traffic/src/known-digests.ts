import type { IndicatorKind } from '@misp-pipeline/core';
import { KNOWN_CERTIFICATES } from './known/certificates.ts';
import { KNOWN_FILES } from './known/files.ts';
import { KNOWN_HELLOS } from './known/hellos.ts';
import { KNOWN_SSH } from './known/ssh.ts';

export interface KnownDigest {
  readonly kind: IndicatorKind;
  readonly value: string;
  /** Of what it is the digest, such as `a small program`. */
  readonly what: string;
}

/**
 * Hashes and fingerprints that can be proven, since we have what they were made of: files, certificates, clients. For made
 * events; of any other digest no traffic can be made.
 */
export function knownDigests(): readonly KnownDigest[] {
  const all = [...KNOWN_FILES, ...KNOWN_CERTIFICATES, ...KNOWN_HELLOS, ...KNOWN_SSH];
  return all.flatMap(({ what, digests }) => digests.map(({ kind, value }) => ({ kind, value, what })));
}
