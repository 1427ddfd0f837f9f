import { hash } from 'node:crypto';
import { certificate } from '../protocol/certificate.ts';
import type { Known } from './known.ts';

function known(commonName: string): Known<Buffer> {
  const der = certificate(commonName);
  return {
    what: `the certificate of ${commonName}`,
    thing: der,
    digests: [
      { kind: 'x509-md5', value: hash('md5', der) },
      { kind: 'x509-sha1', value: hash('sha1', der) },
      { kind: 'x509-sha256', value: hash('sha256', der) },
    ],
  };
}

/** Certificates whose fingerprints a made event can hold. */
export const KNOWN_CERTIFICATES: readonly Known<Buffer>[] = [known('known-a.test'), known('known-b.test')];
