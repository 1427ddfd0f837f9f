import { COMMAND_AND_CONTROL } from './attack-tags.ts';
import { X509_ZEEK } from './log-source.ts';
import type { Subject } from './subject.ts';

/**
 * X.509 certificates by fingerprint. Zeek logs one: SHA-256, unless its option `X509::hash_function` names another.
 */
export const CERTIFICATE: Subject = {
  id: 'certificate',
  kinds: ['x509-md5', 'x509-sha1', 'x509-sha256'],
  includes: () => true,
  leaves: ({ value }) => [{ name: 'value', modifier: '', value }],
  places: [
    {
      logSource: X509_ZEEK,
      field: 'fingerprint',
      title: 'X.509 Certificate with MISP Listed Fingerprint',
      detects: 'certificates with fingerprints',
      tags: COMMAND_AND_CONTROL,
    },
  ],
  falsePositives: 'A certificate that its owner has taken back',
};
