import { readFile } from 'node:fs/promises';
import { EXIT, messageOf } from '@misp-pipeline/core';
import { readCertificate, type ServerCertificate } from '@misp-pipeline/misp';
import type { ServerConfig } from '../server.ts';
import { distrustAdvice, speaksNoTls } from '../tls-advice.ts';
import { ending, endsSoon } from './ending.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** Encryption and the certificate. `now` is in Unix seconds. */
export async function tlsFinding({ options }: ServerConfig, now: number, signal: AbortSignal): Promise<Finding> {
  const { url, ca, verifyTls, timeout } = options;
  if (url.startsWith('http:'))
    return warning('tls/off', 'the key travels unencrypted, since `url` begins with http', 'Use https.');
  try {
    const authority = ca === undefined ? undefined : await readFile(ca, 'utf8');
    const certificate = await readCertificate(new URL(url), { ca: authority, timeout, signal });
    return certificateFinding(certificate, verifyTls, now);
  } catch (error) {
    signal.throwIfAborted();
    return noCertificate(error);
  }
}

function noCertificate(error: unknown): Finding {
  if (error instanceof Error && speaksNoTls(error)) {
    const todo = 'Write the port of https in `url`, or `http://`.';
    return problem('tls/not-spoken', 'the port speaks no TLS', todo, EXIT.source);
  }
  const seen = `no certificate was seen: ${messageOf(error)}`;
  return problem('tls/no-answer', seen, 'Check `url` and the network.', EXIT.source);
}

function certificateFinding(certificate: ServerCertificate, verifyTls: boolean, now: number): Finding {
  const { validTo, issuer, names, distrust } = certificate;
  const seen = `certificate of \`${issuer}\` ${ending(validTo, now)}`;
  if (!verifyTls)
    return warning(
      'tls/unverified',
      `${seen}; \`verifyTls\` is off, so it is not looked at`,
      'Name its authority in `ca`, and verify.',
    );
  if (distrust !== undefined)
    return problem(
      'tls/untrusted',
      `${seen}, is for \`${names}\`; it is not trusted: ${distrust}`,
      distrustAdvice(distrust),
      EXIT.source,
    );
  return endsSoon(validTo, now) ? warning('tls/ends-soon', seen, 'Renew it on the server.') : ok('tls/trusted', seen);
}
