import { exactList } from '../cdb-list.ts';
import { addColonKey } from '../keys/certificate.ts';
import { addValue } from '../keys/value.ts';

export const JA3 = exactList({
  name: 'misp-ja3',
  holds: 'JA3 and JA4 of TLS and QUIC clients',
  api: true,
  kinds: ['ja3', 'ja4'],
  addKeys: addValue,
});

export const HASSH = exactList({
  name: 'misp-hassh',
  holds: 'HASSH of SSH clients',
  api: true,
  kinds: ['hassh'],
  addKeys: addValue,
});

export const HASSH_SERVER = exactList({
  name: 'misp-hassh-server',
  holds: 'HASSH of SSH servers',
  api: true,
  kinds: ['hasshserver'],
  addKeys: addValue,
});

export const CERTIFICATE = exactList({
  name: 'misp-cert',
  holds: 'fingerprints of certificates in lower case',
  api: true,
  kinds: ['x509-md5', 'x509-sha1', 'x509-sha256'],
  addKeys: addValue,
});

export const CERTIFICATE_COLONS = exactList({
  name: 'misp-cert-colons',
  holds: 'SHA-1 fingerprints of certificates with colons, as Suricata writes them',
  api: true,
  kinds: ['x509-sha1'],
  addKeys: addColonKey,
});
