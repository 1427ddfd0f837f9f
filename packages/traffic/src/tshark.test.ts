import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collected, visibleIndicators } from '../testing/indicators.ts';
import { packets, TSHARK, valuesOf } from '../testing/tshark.ts';
import { benignProbes, knownDigests, Listed, probesOf, writeCapture } from './index.ts';

/** What anything wrong with a packet looks like; SYN packets without an answer are meant. */
const FAULTS = [
  '_ws.malformed',
  'ip.checksum.status == "Bad"',
  'tcp.checksum.status == "Bad"',
  'udp.checksum.status == "Bad"',
  'icmp.checksum.status == "Bad"',
  'icmpv6.checksum.status == "Bad"',
  'tcp.analysis.flags',
  '_ws.expert.severity == "Error"',
].join(' || ');

const SEEN = [
  ['dns.qry.name', 'evil.example'],
  ['dns.qry.name', 'a.b-1.evil.example'],
  ['http.host', 'port.example:8081'],
  ['http.request.uri', '/mal/Pay.php?id=7'],
  ['http.request.method', 'PROPFIND'],
  ['http.user_agent', 'Mozilla/4.0 (Evil; Bot 1.0)'],
  ['http.cookie', 'id=9f8e7d'],
  ['tls.handshake.extensions_server_name', 'tls.example'],
  ['quic.version', '0x00000001'],
  ['x509sat.uTF8String', 'known-a.test'],
  ['smtp.req.parameter', 'FROM:<sender@evil-mail.example>'],
  ['imf.subject', 'Your invoice 4711'],
  ['imf.message_id', '<4711@evil-mail.example>'],
] as const;

const COMPUTED = [
  ['ja3', 'tls.handshake.ja3'],
  ['hassh', 'ssh.kex.hassh'],
  ['hasshserver', 'ssh.kex.hasshserver'],
] as const;

describe.skipIf(!TSHARK)('tshark (needs tshark)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'traffic-tshark-'));
  const capture = join(folder, 'all.pcap');
  let values: ReturnType<typeof valuesOf> = new Map();

  beforeAll(async () => {
    const indicators = visibleIndicators();
    const listed = new Listed(collected(...indicators));
    const probes = indicators.flatMap((indicator) => probesOf(indicator, listed));
    await writeCapture(capture, [...probes, ...benignProbes(listed)]);
    values = valuesOf(capture, [...SEEN.map(([field]) => field), ...COMPUTED.map(([, field]) => field)]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('finds no packet that is malformed, has a wrong checksum or does not fit in its connection', () => {
    expect(packets(capture, FAULTS)).toEqual([]);
  });

  it.each(SEEN)('reads in the field %s what was written: %s', (field, value) => {
    expect([...(values.get(field) ?? [])]).toContain(value);
  });

  it.each(COMPUTED)('computes the %s that we computed', (kind, field) => {
    const digests = knownDigests().filter((digest) => digest.kind === kind);
    const computed = [...(values.get(field) ?? [])];
    expect(computed).toEqual(expect.arrayContaining(digests.map(({ value }) => value)));
  });
});
