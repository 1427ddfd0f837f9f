import { readFile } from 'node:fs/promises';
import { EXIT, messageOf } from '@misp-pipeline/core';
import { type HttpError, readCertificate, type ServerCertificate, type ServerFacts } from '@misp-pipeline/misp';
import type { ServerConfig } from '../server.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const DAY = 86_400;
const SOON = 30;

/** Encryption and the certificate. `now` is in Unix seconds. */
export async function tlsFinding({ options }: ServerConfig, now: number, signal: AbortSignal): Promise<Finding> {
  const { url, ca, verifyTls, timeout } = options;
  if (url.startsWith('http:'))
    return warning('tls', 'the key travels unencrypted, since `url` begins with http', 'Use https.');
  try {
    const authority = ca === undefined ? undefined : await readFile(ca, 'utf8');
    const certificate = await readCertificate(new URL(url), { ca: authority, timeout, signal });
    return certificateFinding(certificate, verifyTls, now);
  } catch (error) {
    signal.throwIfAborted();
    return problem(
      'tls',
      `no certificate was seen: ${messageOf(error)}`,
      'Check `url`, the network, and `ca`.',
      EXIT.source,
    );
  }
}

function certificateFinding(
  { validTo, issuer, distrust }: ServerCertificate,
  verifyTls: boolean,
  now: number,
): Finding {
  const days = Math.floor((validTo - now) / DAY);
  const seen = `certificate of \`${issuer}\` ends in ${days} days`;
  if (distrust !== undefined && verifyTls)
    return problem(
      'tls',
      `${seen}; it is not trusted: ${distrust}`,
      'Name its authority in `ca` of the source.',
      EXIT.source,
    );
  if (!verifyTls)
    return warning(
      'tls',
      `${seen}; \`verifyTls\` is off, so it is not looked at`,
      'Name its authority in `ca`, and verify.',
    );
  return days < SOON ? warning('tls', seen, 'Renew it on the server.') : ok('tls', seen);
}

/** What it means that the server did not answer. */
export function silenceFinding({ kind, message }: HttpError): Finding {
  if (kind === 'refused')
    return problem(
      'key',
      message,
      'Check the key, that its role may use the API, and the addresses it is bound to.',
      EXIT.authentication,
    );
  if (kind === 'redirected' && message.includes('/users/login'))
    return problem('server', `down for maintenance: ${message}`, 'Wait, or set MISP.live on the server.', EXIT.source);
  if (kind === 'redirected')
    return problem('server', message, 'Write the address that it redirects to as `url`.', EXIT.source);
  if (kind === 'untrusted') return problem('server', message, 'Name its authority in `ca` of the source.', EXIT.source);
  return problem('server', message, 'Check `url`, the network, and the log of the server.', EXIT.source);
}

/** Seconds by which clocks may differ: the server tells whole ones, and answers take their time. */
const TOLERABLE_SKEW = 30;

export function clockFinding({ clockSkew }: ServerFacts): Finding {
  if (clockSkew === undefined) return ok('clock', 'the server does not tell its time');
  const ahead = clockSkew < 0 ? 'behind' : 'ahead of';
  const seen = clockSkew === 0 ? 'as ours, to the second' : `${Math.abs(clockSkew)} s ${ahead} ours`;
  if (Math.abs(clockSkew) <= TOLERABLE_SKEW) return ok('clock', `the server's clock is ${seen}`);
  return warning('clock', `the server's clock is ${seen}: \`last\` then means another time`, 'Let both follow NTP.');
}

export function keyExpiryFinding({ keyExpires }: ServerFacts, now: number): Finding {
  if (keyExpires === undefined) return ok('key', 'the server takes it, and names no day on which it ends');
  const days = Math.floor((keyExpires - now) / DAY);
  const seen = `the server takes it; it ends in ${days} days`;
  return days < SOON
    ? warning('key', seen, 'Make a new key in MISP, and put it where `key` reads it.')
    : ok('key', seen);
}

/** The version on which everything here was seen to work. */
const KNOWN_VERSION = '2.5.1';

/** Seen on that version; nothing is known of later ones. */
const TRAP = 'the feed cache of this version does not find values with capital letters';

export function versionFinding({ version }: ServerFacts): Finding {
  const order = compareVersions(version, KNOWN_VERSION);
  if (order === undefined) return warning('version', `\`${version}\` is no version of MISP`, 'Is this a MISP server?');
  if (order === 0) return ok('version', `${version}; ${TRAP}`);
  if (order > 0) return ok('version', version);
  return warning(
    'version',
    `${version} is older than ${KNOWN_VERSION}, the oldest that this program was tried on`,
    'Update MISP.',
  );
}

function compareVersions(one: string, other: string): number | undefined {
  if (!/^\d+\.\d+\.\d+/.test(one)) return undefined;
  const [a, b] = [one, other].map((version) => version.split('.').map((part) => Number.parseInt(part, 10)));
  for (const [i, part] of (a ?? []).entries()) {
    const difference = part - (b?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
