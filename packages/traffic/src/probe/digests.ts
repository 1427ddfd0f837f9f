import type { Indicator } from '@misp-pipeline/core';
import { KNOWN_CERTIFICATES } from '../known/certificates.ts';
import { KNOWN_FILES } from '../known/files.ts';
import { fingerprintsOf, HELLO_NAME, KNOWN_HELLOS } from '../known/hellos.ts';
import { type Digest, findKnown, hasDigest, type Known } from '../known/known.ts';
import { KNOWN_SSH, PLAIN_SSH } from '../known/ssh.ts';
import type { HelloProfile } from '../protocol/client-hello.ts';
import type { SshProfile } from '../protocol/ssh.ts';
import { transfers } from '../scene/file.ts';
import { called, type Scene } from '../scene/scene.ts';
import { openSsh } from '../scene/ssh.ts';
import { openQuic, openTls } from '../scene/tls.ts';
import type { Probes } from './probe.ts';

/** Hashes of files. */
export function probeFile(indicator: Indicator, probes: Probes): void {
  const known = findKnown(KNOWN_FILES, indicator);
  if (known === undefined) return;
  const { what, thing } = known;
  probes.hit('plain', ...transfers(probes.listed, what, thing));
  probes.miss('changed', ...transfers(probes.listed, `${what}, one byte changed`, lastByteChanged(thing)));
  probes.miss('longer', ...transfers(probes.listed, `${what} and one byte more`, Buffer.concat([thing, Buffer.of(0)])));
}

/** Fingerprints of certificates. */
export function probeCertificate(indicator: Indicator, probes: Probes): void {
  const known = findKnown(KNOWN_CERTIFICATES, indicator);
  if (known === undefined) return;
  const shown = (what: string, der: Buffer) =>
    called(`TLS server with ${what}`, openTls(probes.listed, { certificates: [der] }));
  probes.hit('plain', shown(known.what, known.thing));
  probes.miss('changed', shown(`${known.what}, one byte changed`, lastByteChanged(known.thing)));
  for (const { what, thing, digests } of KNOWN_CERTIFICATES) {
    if (isFree(digests, probes)) probes.miss('other', shown(what, thing));
  }
}

function lastByteChanged(bytes: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, -1), Buffer.of(((bytes.at(-1) ?? 0) + 1) & 255)]);
}

/** Fingerprints of TLS and QUIC clients. Of two that differ in the order of their ciphers, JA4 is the same. */
export function probeHello({ kind, value }: Indicator, probes: Probes): void {
  const clients = [...KNOWN_HELLOS, ...KNOWN_HELLOS.map(withOneCipherMore)];
  if (findKnown(KNOWN_HELLOS, { kind, value }) === undefined) return;
  for (const client of clients) {
    if (hasDigest(client, { kind, value })) probes.hit('plain', greeting(client, probes));
    else if (isFree(client.digests, probes)) probes.miss('other', greeting(client, probes));
  }
}

function withOneCipherMore({ what, thing }: Known<HelloProfile>): Known<HelloProfile> {
  const profile = { ...thing, ciphers: [...thing.ciphers, EXTRA_CIPHER] };
  return { what: `${what} with one cipher more`, thing: profile, digests: fingerprintsOf(profile) };
}

/** TLS_RSA_WITH_AES_128_GCM_SHA256 */
const EXTRA_CIPHER = 0x009c;

function isFree(digests: readonly Digest[], { listed }: Probes): boolean {
  return !digests.some(({ kind, value }) => listed.has(kind, value));
}

function greeting({ what, thing }: Known<HelloProfile>, { listed }: Probes): Scene {
  const open = thing.overQuic ? openQuic : openTls;
  return called(`greeting of ${what}`, open(listed, { name: HELLO_NAME, profile: thing }));
}

/** Fingerprints of SSH clients and servers. */
export function probeSsh(indicator: Indicator, probes: Probes): void {
  const known = findKnown(KNOWN_SSH, indicator);
  if (known === undefined) return;
  const isClient = indicator.kind === 'hassh';
  const connection = (what: string, odd: SshProfile) => {
    const [client, server] = isClient ? [odd, PLAIN_SSH] : [PLAIN_SSH, odd];
    return called(`SSH ${isClient ? 'client' : 'server'}: ${what}`, openSsh(probes.listed, client, server));
  };
  const changed = { ...known.thing, ciphers: `${known.thing.ciphers},aes192-cbc` };
  probes.hit('plain', connection(known.what, known.thing));
  probes.miss('other', connection('a plain SSH program', PLAIN_SSH));
  probes.miss('changed', connection(`${known.what} with one cipher more`, changed));
}
