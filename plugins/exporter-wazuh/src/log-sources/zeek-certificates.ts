import { CERTIFICATE } from '../lists/fingerprints.ts';
import type { LogSource } from '../look-up.ts';
import { zeekRecord } from './json-records.ts';

/** Zeek's log of certificates has no connection in it, and so none of the fields by which its other logs are known. */
export const ZEEK_CERTIFICATES: LogSource = {
  id: 'zeek-x509',
  title: 'Zeek x509.log as JSON',
  record: zeekRecord,
  structured: true,
  grouping: {
    id: 480,
    decoder: 'json',
    fields: [
      { name: 'fingerprint', matches: '^[0-9a-f]' },
      { name: 'certificate.serial', matches: '^.' },
    ],
    says: 'Zeek certificates',
  },
  lookUps: [
    {
      id: 482,
      parent: 'grouping',
      field: 'fingerprint',
      list: CERTIFICATE,
      says: 'TLS server with listed certificate $(fingerprint)',
      technique: 'T1071.001',
    },
  ],
};
