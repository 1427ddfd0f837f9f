import { DIGEST, type ExactForm, PAIRS, TEXT } from './exact-form.ts';

// A sensor on which JA3 or JA4 is switched off skips a rule that requires it, instead of refusing it.
const JA3_BUFFER = 'requires:feature ja3; ja3.hash;';
const JA4_BUFFER = 'requires:feature ja4; ja4.hash;';

export const JA3: ExactForm = {
  list: 'misp-ja3',
  traffic: 'outgoing',
  sights: [
    { protocol: 'tls', buffer: JA3_BUFFER },
    { protocol: 'quic', buffer: JA3_BUFFER },
  ],
  ...TEXT,
};
export const JA4_TLS: ExactForm = { ...JA3, list: 'misp-ja4', sights: [{ protocol: 'tls', buffer: JA4_BUFFER }] };
export const JA4_QUIC: ExactForm = {
  ...JA3,
  list: 'misp-ja4-quic',
  sights: [{ protocol: 'quic', buffer: JA4_BUFFER }],
};

/** A client may be one of ours or one that comes to us, so neither end is named the victim. The rule switches HASSH on. */
export const HASSH: ExactForm = {
  list: 'misp-hassh',
  traffic: 'passing',
  sights: [{ protocol: 'ssh', buffer: 'flow:established,to_server; ssh.hassh;' }],
  ...TEXT,
};
export const HASSH_SERVER: ExactForm = {
  list: 'misp-hasshserver',
  traffic: 'answer',
  sights: [{ protocol: 'ssh', buffer: 'flow:established,to_client; ssh.hassh.server;' }],
  ...TEXT,
};

/** Looks at every certificate of the chain. */
export const X509_MD5: ExactForm = {
  list: 'misp-x509-md5',
  traffic: 'answer',
  sights: [{ protocol: 'tls', buffer: 'flow:established,to_client; tls.certs; to_md5;' }],
  ...DIGEST,
  listType: 'md5',
};
export const X509_SHA256: ExactForm = {
  list: 'misp-x509-sha256',
  traffic: 'answer',
  sights: [{ protocol: 'tls', buffer: 'flow:established,to_client; tls.certs; to_sha256;' }],
  ...DIGEST,
  listType: 'sha256',
};
/** Looks at the server's own certificate, since the engine gives this fingerprint of no other. */
export const X509_SHA1: ExactForm = {
  list: 'misp-x509-sha1',
  traffic: 'answer',
  sights: [{ protocol: 'tls', buffer: 'flow:established,to_client; tls.cert_fingerprint;' }],
  ...PAIRS,
};
