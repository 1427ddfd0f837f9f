import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collected, visibleIndicators } from '../testing/indicators.ts';
import { rulesOf } from '../testing/rules.ts';
import { type EveEvent, longForm, replay, SURICATA } from '../testing/suricata.ts';
import { benignProbes, knownDigests, Listed, type Probe, probesOf, type SentProbe, writeCapture } from './index.ts';

/** Room for the rules of one indicator. */
const SIDS_EACH = 10;

describe.skipIf(!SURICATA)('Suricata (needs suricata)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'traffic-suricata-'));
  const indicators = visibleIndicators();
  const ruled = indicators.filter((indicator) => rulesOf(indicator, 1).length > 0);
  const owners = new Map<Probe, number>();
  let sent: readonly SentProbe[] = [];
  let events: readonly EveEvent[] = [];
  /** Numbers of the indicators whose rules fired, by client. */
  const fired = new Map<string, Set<number>>();

  beforeAll(async () => {
    const listed = new Listed(collected(...indicators));
    for (const [i, indicator] of ruled.entries()) for (const probe of probesOf(indicator, listed)) owners.set(probe, i);
    const capture = join(folder, 'all.pcap');
    sent = await writeCapture(capture, [...owners.keys(), ...benignProbes(listed)]);
    events = replay(
      folder,
      capture,
      ruled.flatMap((indicator, i) => rulesOf(indicator, (i + 1) * SIDS_EACH)),
    );
    for (const { alert, src_ip, dest_ip } of events) {
      if (alert === undefined) continue;
      for (const address of [src_ip, dest_ip]) {
        const numbers = fired.get(address) ?? new Set();
        fired.set(address, numbers.add(Math.floor(alert.signature_id / SIDS_EACH) - 1));
      }
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const firedFor = (client: string) => [...(fired.get(longForm(client)) ?? [])];

  it('fires on every probe that must fire, by the rules of its indicator', () => {
    const missed = sent.filter(
      ({ probe, client }) => probe.mustFire && !firedFor(client).includes(owners.get(probe) ?? -1),
    );
    expect(missed.map(({ probe }) => `${probe.protocol} ${probe.what}`)).toEqual([]);
  });

  it('is silent on every near miss and on plain traffic', () => {
    const wrong = sent.filter(({ probe, client }) => !probe.mustFire && firedFor(client).length > 0);
    expect(wrong.map(({ probe }) => `${probe.protocol} ${probe.what}`)).toEqual([]);
  });

  it.each<[string, (event: EveEvent) => unknown, string]>([
    ['dns', ({ dns }) => dns?.rrname, 'evil.example'],
    ['http', ({ http }) => http?.hostname, 'port.example'],
    ['tls', ({ tls }) => tls?.sni, 'tls.example'],
    ['tls', ({ tls }) => tls?.subject, 'CN=known-a.test'],
    ['quic', ({ quic }) => quic?.sni, 'c2.bad-host.example'],
    ['smtp', ({ smtp }) => smtp?.mail_from, '<sender@evil-mail.example>'],
    ['smtp', ({ email }) => email?.attachment?.[0], 'Invoice 77.zip'],
    ['ssh', ({ ssh }) => ssh?.client?.hassh?.hash, digest('hassh')],
    ['fileinfo', ({ fileinfo }) => fileinfo?.sha256, digest('sha256')],
  ])('logs as %s what was written', (type, read, value) => {
    const logged = events.filter((event) => event.event_type === type).map(read);
    expect(logged).toContain(value);
  });

  it('computes the JA4 that we computed', () => {
    const logged = events.map(({ tls, quic }) => tls?.ja4 ?? quic?.ja4);
    const known = knownDigests().filter(({ kind }) => kind === 'ja4');
    expect(logged).toEqual(expect.arrayContaining(known.map(({ value }) => value)));
  });
});

function digest(kind: string): string {
  return knownDigests().find((known) => known.kind === kind)?.value ?? '';
}
