import type { Indicator, IndicatorKind } from '@misp-pipeline/core';
import type { Listed } from './listed.ts';
import { probeAddress } from './probe/addresses.ts';
import { probeCertificate, probeFile, probeHello, probeSsh } from './probe/digests.ts';
import { probeFileName } from './probe/file-names.ts';
import { probeMail } from './probe/mails.ts';
import { probeName } from './probe/names.ts';
import { probePattern } from './probe/patterns.ts';
import { type Probe, Probes } from './probe/probe.ts';
import { probeRequestPart } from './probe/requests.ts';
import { probeUrl } from './probe/urls.ts';

type Prober = (indicator: Indicator, probes: Probes) => void;

const PROBERS: Partial<Record<IndicatorKind, Prober>> = {
  ipv4: probeAddress,
  ipv6: probeAddress,
  cidr: probeAddress,
  domain: probeName,
  hostname: probeName,
  url: probeUrl,
  uri: probeRequestPart,
  'user-agent': probeRequestPart,
  'http-method': probeRequestPart,
  cookie: probeRequestPart,
  ja3: probeHello,
  ja4: probeHello,
  hassh: probeSsh,
  hasshserver: probeSsh,
  'x509-md5': probeCertificate,
  'x509-sha1': probeCertificate,
  'x509-sha256': probeCertificate,
  md5: probeFile,
  sha1: probeFile,
  sha224: probeFile,
  sha256: probeFile,
  sha384: probeFile,
  sha512: probeFile,
  filename: probeFileName,
  email: probeMail,
  'email-src': probeMail,
  'email-dst': probeMail,
  'email-subject': probeMail,
  'email-attachment': probeMail,
  'email-x-mailer': probeMail,
  'email-message-id': probeMail,
  'email-reply-to': probeMail,
  'pattern-in-traffic': probePattern,
};

/**
 * What proves an indicator: at least one probe that must fire, and near misses that must not. Empty when no packet shows
 * it, or when it is a digest of something that we do not have: `knownDigests` says of what we have it.
 */
export function probesOf(indicator: Indicator, listed: Listed): readonly Probe[] {
  const probes = new Probes(listed);
  PROBERS[indicator.kind]?.(indicator, probes);
  return probes.list;
}
