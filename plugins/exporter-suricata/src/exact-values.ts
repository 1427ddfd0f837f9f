import { type Indicator, type IndicatorKind, indicatorKey } from '@misp-pipeline/core';
import { contentBytes, contentText } from '@misp-pipeline/ids-rules';
import { type DatasetType, datasetMatch, stringLine } from './dataset.ts';
import { ListFile } from './list-file.ts';
import { ANSWER, fits, framed, listFrame, type Meaning, OUTGOING, ruleFrame } from './rule-text.ts';
import { inLists, type Ruleset, ruleFileOf } from './ruleset.ts';

/** How the values of a kind are compared with a buffer of the engine, whole and to the letter. */
interface ExactForm {
  readonly protocol: 'http' | 'tls' | 'quic';
  /** Options that select the buffer. */
  readonly buffer: string;
  /** Options that compare the buffer with a value. */
  readonly match: (value: string) => string;
  readonly meaning: Meaning;
  readonly listType: DatasetType;
  readonly listLine: (value: string) => string;
}

const asText = {
  match: (value: string) => `content:"${contentText(value)}"; bsize:${Buffer.byteLength(value)};`,
  listType: 'string',
  listLine: stringLine,
} as const;

const asHash = (listType: 'md5' | 'sha256') => ({
  match: (value: string) => `content:"${contentBytes(Buffer.from(value, 'hex'))}"; bsize:${value.length / 2};`,
  listType,
  listLine: (value: string) => value,
});

const USER_AGENT: ExactForm = {
  protocol: 'http',
  buffer: 'flow:established,to_server; http.user_agent;',
  meaning: OUTGOING,
  ...asText,
};
const JA3: ExactForm = { protocol: 'tls', buffer: 'requires:feature ja3; ja3.hash;', meaning: OUTGOING, ...asText };
const JA4: ExactForm = { ...JA3, buffer: 'requires:feature ja4; ja4.hash;' };
const CERTIFICATE = { protocol: 'tls', meaning: ANSWER } as const;
const X509_MD5: ExactForm = {
  ...CERTIFICATE,
  buffer: 'flow:established,to_client; tls.certs; to_md5;',
  ...asHash('md5'),
};
const X509_SHA256: ExactForm = {
  ...CERTIFICATE,
  buffer: 'flow:established,to_client; tls.certs; to_sha256;',
  ...asHash('sha256'),
};
/** The engine gives this fingerprint as text: `aa:bb:...`. */
const X509_SHA1: ExactForm = {
  ...CERTIFICATE,
  buffer: 'flow:established,to_client; tls.cert_fingerprint;',
  match: (value) => `content:"${contentText(withColons(value))}";`,
  listType: 'string',
  listLine: (value) => stringLine(withColons(value)),
};
