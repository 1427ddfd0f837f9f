import type { Indicator, IndicatorKind } from '@misp-pipeline/core';
import { contentText } from '@misp-pipeline/ids-rules';
import { type DatasetType, stringLine } from './dataset.ts';
import { ANSWER, type Meaning, OUTGOING } from './rule-text.ts';

/** How values are compared with buffers of the engine, whole and to the letter. */
export interface ExactForm {
  /** Name of the list, should there be many values. */
  readonly list: string;
  readonly meaning: Meaning;
  /** Where the value shows: a protocol, and the options that select the buffer. */
  readonly sights: readonly { readonly protocol: 'http' | 'tls' | 'quic'; readonly buffer: string }[];
  /** Options that compare the buffer with a value. */
  readonly match: (value: string) => string;
  readonly listType: DatasetType;
  readonly listLine: (value: string) => string;
}

const textForm = {
  match: (value: string) => `content:"${contentText(value)}"; bsize:${Buffer.byteLength(value)};`,
  listType: 'string',
  listLine: stringLine,
} as const;

const hashForm = {
  match: (value: string) => `content:"|${inPairs(value, ' ')}|"; bsize:${value.length / 2};`,
  listLine: (value: string) => value,
};

const USER_AGENT: ExactForm = {
  list: 'misp-user-agent',
  meaning: OUTGOING,
  sights: [{ protocol: 'http', buffer: 'flow:established,to_server; http.user_agent;' }],
  ...textForm,
};

// A sensor on which JA3 or JA4 is switched off skips a rule that requires it, instead of refusing it.
const JA3_BUFFER = 'requires:feature ja3; ja3.hash;';
const JA4_BUFFER = 'requires:feature ja4; ja4.hash;';

const JA3: ExactForm = {
  list: 'misp-ja3',
  meaning: OUTGOING,
  sights: [
    { protocol: 'tls', buffer: JA3_BUFFER },
    { protocol: 'quic', buffer: JA3_BUFFER },
  ],
  ...textForm,
};
const JA4_TLS: ExactForm = { ...JA3, list: 'misp-ja4', sights: [{ protocol: 'tls', buffer: JA4_BUFFER }] };
const JA4_QUIC: ExactForm = { ...JA3, list: 'misp-ja4-quic', sights: [{ protocol: 'quic', buffer: JA4_BUFFER }] };

/** Looks at every certificate of the chain. */
const X509_MD5: ExactForm = {
  list: 'misp-x509-md5',
  meaning: ANSWER,
  sights: [{ protocol: 'tls', buffer: 'flow:established,to_client; tls.certs; to_md5;' }],
  ...hashForm,
  listType: 'md5',
};
const X509_SHA256: ExactForm = {
  list: 'misp-x509-sha256',
  meaning: ANSWER,
  sights: [{ protocol: 'tls', buffer: 'flow:established,to_client; tls.certs; to_sha256;' }],
  ...hashForm,
  listType: 'sha256',
};
/** Looks at the server's own certificate. The engine gives its fingerprint as text, `aa:bb:...`. */
const X509_SHA1: ExactForm = {
  list: 'misp-x509-sha1',
  meaning: ANSWER,
  sights: [{ protocol: 'tls', buffer: 'flow:established,to_client; tls.cert_fingerprint;' }],
  match: (value) => `content:"${contentText(inPairs(value, ':'))}";`,
  listType: 'string',
  listLine: (value) => stringLine(inPairs(value, ':')),
};

function inPairs(hex: string, separator: string): string {
  return hex.replace(/..(?!$)/g, `$&${separator}`);
}

const FORMS: Partial<Record<IndicatorKind, ExactForm>> = {
  'user-agent': USER_AGENT,
  ja3: JA3,
  'x509-md5': X509_MD5,
  'x509-sha1': X509_SHA1,
  'x509-sha256': X509_SHA256,
};

/** JA4 of a client; the relatives JA4S, JA4H, ... look different. */
const JA4_CLIENT = /^[tq]\d\d[di]\d{4}[0-9a-z]{2}_[0-9a-f]{12}_[0-9a-f]{12}$/;

/** The form for an indicator, or undefined when the engine has none. */
export function exactForm({ kind, value }: Indicator): ExactForm | undefined {
  if (kind !== 'ja4') return FORMS[kind];
  if (!JA4_CLIENT.test(value)) return undefined;
  return value.startsWith('q') ? JA4_QUIC : JA4_TLS;
}
