import type { Indicator, IndicatorKind } from '@misp-pipeline/core';
import { type ExactForm, TEXT } from './exact-form.ts';
import { FILE_NAME } from './file-name-form.ts';
import { HASSH, HASSH_SERVER, JA3, JA4_QUIC, JA4_TLS, X509_MD5, X509_SHA1, X509_SHA256 } from './fingerprint-forms.ts';

const USER_AGENT: ExactForm = {
  list: 'misp-user-agent',
  traffic: 'outgoing',
  sights: [{ protocol: 'http', buffer: 'flow:established,to_server; http.user_agent;' }],
  ...TEXT,
};
const HTTP_METHOD: ExactForm = {
  ...USER_AGENT,
  list: 'misp-http-method',
  sights: [{ protocol: 'http', buffer: 'flow:established,to_server; http.method;' }],
};

const FORMS: Partial<Record<IndicatorKind, ExactForm>> = {
  'user-agent': USER_AGENT,
  'http-method': HTTP_METHOD,
  ja3: JA3,
  hassh: HASSH,
  hasshserver: HASSH_SERVER,
  'x509-md5': X509_MD5,
  'x509-sha1': X509_SHA1,
  'x509-sha256': X509_SHA256,
  filename: FILE_NAME,
};

/** JA4 of a client; the relatives JA4S, JA4H, ... look different. */
const JA4_CLIENT = /^[tq]\d\d[di]\d{4}[0-9a-z]{2}_[0-9a-f]{12}_[0-9a-f]{12}$/;

/** The form for an indicator, or undefined when the engine has none. */
export function exactForm({ kind, value }: Indicator): ExactForm | undefined {
  if (kind !== 'ja4') return FORMS[kind];
  if (!JA4_CLIENT.test(value)) return undefined;
  return value.startsWith('q') ? JA4_QUIC : JA4_TLS;
}
