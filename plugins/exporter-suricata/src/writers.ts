import type { Indicator, IndicatorKind } from '@misp-pipeline/core';
import { writeAddresses } from './addresses/addresses.ts';
import { writeExactValues } from './exact/exact-values.ts';
import { writeFileHashes } from './files/file-hashes.ts';
import { writeFileNames } from './files/file-names.ts';
import { writeForeignRules } from './foreign/foreign-rules.ts';
import { writeEmails } from './mail/emails.ts';
import { writeNames } from './names.ts';
import { writePatterns } from './patterns.ts';
import type { Ruleset } from './ruleset.ts';
import { writeCookies } from './web/cookies.ts';
import { writeMethods } from './web/http-methods.ts';
import { writeUris } from './web/uris.ts';
import { writeUrls } from './web/urls.ts';

/** Writes the indicators of one kind; what it cannot express it skips. */
type Writer = (indicators: readonly Indicator[], ruleset: Ruleset) => void;

const WRITERS: Partial<Record<IndicatorKind, Writer>> = {
  ipv4: writeAddresses,
  ipv6: writeAddresses,
  cidr: writeAddresses,
  domain: writeNames,
  hostname: writeNames,
  url: writeUrls,
  uri: writeUris,
  'user-agent': writeExactValues,
  'http-method': writeMethods,
  cookie: writeCookies,
  ja3: writeExactValues,
  ja4: writeExactValues,
  hassh: writeExactValues,
  hasshserver: writeExactValues,
  'x509-md5': writeExactValues,
  'x509-sha1': writeExactValues,
  'x509-sha256': writeExactValues,
  md5: writeFileHashes,
  sha1: writeFileHashes,
  sha256: writeFileHashes,
  filename: writeFileNames,
  email: writeEmails,
  'email-src': writeEmails,
  'email-dst': writeEmails,
  'email-subject': writeEmails,
  'email-attachment': writeEmails,
  'email-x-mailer': writeEmails,
  'email-message-id': writeEmails,
  'email-reply-to': writeEmails,
  'pattern-in-traffic': writePatterns,
  'rule-suricata': writeForeignRules,
};

const skipAll: Writer = (indicators, { skip }) => {
  for (const indicator of indicators) skip(indicator, `unsupported:${indicator.kind}`);
};

/** The writer for a kind. */
export function writerOf(kind: IndicatorKind): Writer {
  return WRITERS[kind] ?? skipAll;
}
