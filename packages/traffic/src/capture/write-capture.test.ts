import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeIndicator } from '@misp-pipeline/core';
import { afterAll, describe, expect, it } from 'vitest';
import { collected, visibleIndicators } from '../../testing/indicators.ts';
import { benignProbes, Listed, type Probe, probesOf, writeCapture } from '../index.ts';

describe('writeCapture', () => {
  const folder = mkdtempSync(join(tmpdir(), 'traffic-capture-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const indicators = visibleIndicators();
  const listed = new Listed(collected(...indicators));

  function* all(): Generator<Probe> {
    for (const indicator of indicators) yield* probesOf(indicator, listed);
  }

  it('writes the same bytes for the same probes', async () => {
    const [first, second] = [join(folder, 'a.pcap'), join(folder, 'b.pcap')];
    await writeCapture(first, all());
    await writeCapture(second, all());
    expect(readFileSync(first).equals(readFileSync(second))).toBe(true);
  });

  it('keeps every packet of a capture that is larger than a piece', async () => {
    const path = join(folder, 'large.pcap');
    const [probe] = benignProbes(listed);
    const count = 20_000;
    await writeCapture(
      path,
      new Array<Probe | undefined>(count).fill(probe).filter((one) => one !== undefined),
    );
    const bytes = readFileSync(path);
    let packets = 0;
    for (let at = 24; at < bytes.length; at += 16 + bytes.readUInt32LE(at + 8)) packets++;
    expect(packets).toBe(2 * count);
  });

  it('gives each probe a client of its own', async () => {
    const sent = await writeCapture(join(folder, 'c.pcap'), all());
    expect(new Set(sent.map(({ client }) => client)).size).toBe(sent.length);
  });

  it.each([
    ['10.64.0.1', '10.64.0.2'],
    ['10.64.0.0/16', '100.64.0.1'],
  ])('gives no client the listed address %s', async (value, expected) => {
    const kind = value.includes('/') ? 'cidr' : 'ipv4';
    const probes = benignProbes(new Listed(collected(makeIndicator({ kind, value }))));
    const [first] = await writeCapture(join(folder, 'd.pcap'), probes);
    expect(first?.client).toBe(expected);
  });
});
