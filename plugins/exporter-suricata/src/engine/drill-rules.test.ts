import { existsSync, globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  Collector,
  canonicalHost,
  canonicalIp,
  canonicalUrl,
  type DrillReport,
  type DrillTarget,
  type Indicator,
  type Placement,
} from '@misp-pipeline/core';
import { anIndicator, everyKind, render, testServices } from '@misp-pipeline/testing';
import { knownDigests } from '@misp-pipeline/traffic';
import { describe, expect, it } from 'vitest';
import { inFolder, SURICATA } from '../../testing/suricata.ts';
import { SuricataExporter } from '../exporter.ts';
import { suricataOptions } from '../options.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const tweetfeed = join(data, 'misp-feed/tweetfeed');
const signal = new AbortController().signal;

interface DrillCase {
  readonly options?: object;
  /** How many targets to drill; all without it. */
  readonly sample?: number;
  /** Changes a rule file after it was published. */
  readonly tamper?: (rules: string) => string;
}

/** Exports, publishes and drills. */
async function drilled(indicators: Iterable<Indicator>, { options = {}, sample, tamper }: DrillCase = {}) {
  const exporter = new SuricataExporter(suricataOptions.parse(options), testServices());
  const { output, collected: all } = await render(exporter, indicators);
  const collector = new Collector();
  for (const indicator of all) collector.add(indicator);
  const dir = inFolder(output.files);
  if (tamper !== undefined) writeFileSync(join(dir, 'misp.rules'), tamper(output.text('misp.rules')));
  const targets = everyNth(targetsOf(output.placements), sample);
  const workDir = mkdtempSync(join(tmpdir(), 'drill-'));
  return exporter.drill({ dir, targets, collected: collector.collected(), workDir }, signal);
}

function targetsOf(placed: readonly { indicator: Indicator; placement: Placement }[]): DrillTarget[] {
  const placements = new Map<Indicator, Placement[]>();
  for (const { indicator, placement } of placed) {
    placements.set(indicator, [...(placements.get(indicator) ?? []), placement]);
  }
  return [...placements].map(([indicator, placements]) => ({ indicator, placements }));
}

function everyNth<T>(list: readonly T[], count = list.length): T[] {
  const step = Math.max(1, list.length / count);
  return Array.from({ length: Math.min(count, list.length) }, (_, i) => list[Math.floor(i * step)] as T);
}

function failures(report: DrillReport | undefined): string[] {
  return (report?.results ?? []).flatMap(({ indicator, verdict, why }) => {
    return verdict === 'failed' ? [`${indicator.kind} ${indicator.value}: ${why}`] : [];
  });
}

function unprovable(report: DrillReport | undefined): string[] {
  return (report?.results ?? []).flatMap(({ indicator, verdict }) =>
    verdict === 'unprovable' ? [indicator.kind] : [],
  );
}

/** What a source makes of an attribute of the feed. */
function indicatorOf({ type, value }: { type: string; value: string }): Indicator | undefined {
  if (type === 'domain') {
    const host = canonicalHost(value);
    return host === undefined ? undefined : anIndicator('domain', host);
  }
  if (type === 'url') {
    const url = canonicalUrl(value);
    return url === undefined ? undefined : anIndicator('url', url);
  }
  const ip = type === 'ip-dst' ? canonicalIp(value) : undefined;
  return ip && anIndicator(ip.kind, ip.value, { direction: 'destination' });
}

function feedIndicators(): Indicator[] {
  return globSync(`${tweetfeed}/*-*.json`).flatMap((path) => {
    const { Attribute } = JSON.parse(readFileSync(path, 'utf8')).Event as Feed;
    return Attribute.flatMap((attribute) => indicatorOf(attribute) ?? []);
  });
}

interface Feed {
  readonly Attribute: readonly { readonly type: string; readonly value: string }[];
}

const NAMES = [anIndicator('domain', 'evil.example'), anIndicator('hostname', 'www.bad.example')];

describe.skipIf(!SURICATA)('drill (needs suricata)', () => {
  it.each(['rules', 'datasets'])('proves every kind of which there is something to send (mode %s)', async (mode) => {
    const digests = knownDigests().map(({ kind, value }) => anIndicator(kind, value));
    const report = await drilled([...everyKind(), ...digests], { options: { mode } });
    expect(failures(report)).toEqual([]);
    expect(report?.benignHits).toEqual([]);
    expect(report?.engine).toMatch(/^suricata \d+\.\d+\.\d+$/);
    // Digests of everyKind that nothing is at hand for, and the rule of somebody else.
    const kinds = ['hassh', 'hasshserver', 'ja3', 'ja4', 'rule-suricata', 'x509-md5', 'x509-sha1', 'x509-sha256'];
    expect(unprovable(report).sort()).toEqual(kinds);
  });

  it('counts the probes', async () => {
    const report = await drilled(NAMES);
    expect(report?.results.map(({ verdict }) => verdict)).toEqual(['proven', 'proven']);
    for (const probes of Object.values(report?.probes ?? {})) expect(probes).toBeGreaterThan(20);
  });

  it('reports a rule that does not fire', async () => {
    const tamper = (rules: string) => rules.replace(/^alert dns .*evil\.example.*\n/m, '');
    expect(failures(await drilled(NAMES, { tamper }))).toEqual([
      expect.stringMatching(/^domain evil\.example: did not fire on DNS query for /),
    ]);
  });

  it('reports a rule that fires on a near miss, by its sid', async () => {
    const tamper = (rules: string) => rules.replaceAll('dotprefix; content:".evil.example"', 'content:"evil.example"');
    expect(failures(await drilled(NAMES, { tamper }))).toEqual([
      expect.stringMatching(/^domain evil\.example: sid \d+ fired on DNS query for x-?evil\.example/),
    ]);
  });

  it('does not blame an indicator for the rules of another', async () => {
    const broad = 'alert dns any any -> any any (msg:"all"; dns.query; content:"."; sid:4; rev:1;)\n';
    const report = await drilled(NAMES, { tamper: (rules) => rules + broad });
    expect(failures(report)).toEqual([]);
    expect(report?.benignHits[0]).toEqual({ probe: expect.stringContaining('DNS query'), detection: 'sid 4' });
  });

  it('refuses to judge by a run that failed', async () => {
    const command = ['sh', '-c', 'echo "E: pcap: no capture" >&2; exit 1'];
    await expect(drilled(NAMES, { options: { engine: { command } } })).rejects.toThrow('pcap: no capture');
  });

  it.skipIf(!existsSync(tweetfeed))(
    'proves a sample of a feed (needs the data folder)',
    { timeout: 120_000 },
    async () => {
      const report = await drilled(feedIndicators(), { sample: 500 });
      expect({ failures: failures(report), benign: report?.benignHits }).toEqual({ failures: [], benign: [] });
      expect(report?.results).toHaveLength(500);
    },
  );
});

describe('drill without an engine', () => {
  it('says nothing', async () => {
    expect(await drilled(NAMES, { options: { engine: { command: ['no-such-suricata'] } } })).toBeUndefined();
  });
});
