import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Collector, type Drill, type DrillReport, type Indicator, indicatorKey } from '@misp-pipeline/core';
import { anIndicator, testServices } from '@misp-pipeline/testing';
import { CLIENT_NETWORKS, knownDigests, Listed, probesOf, type SentProbe, writeCapture } from '@misp-pipeline/traffic';
import { describe, expect, it } from 'vitest';
import { RecordedSnort } from '../../testing/recorded-snort.ts';
import { renderSnort } from '../../testing/render-rules.ts';
import { SnortExporter } from '../exporter.ts';
import { type SnortVersion, snortOptions } from '../options.ts';
import { isVisible } from './visible.ts';

/** A detection that the recorded Snort is to report on a probe: generator and sid, or a digest. */
type Fired = readonly [gid: number, sid: string] | string;

const aFolder = () => mkdtempSync(join(tmpdir(), 'snort-drill-'));
const { signal } = new AbortController();

/** A stage for the recorded Snort, on which a drill of the indicators is laid out. */
async function aDrill(version: SnortVersion, indicators: readonly Indicator[]) {
  const snort = new RecordedSnort(version);
  const { output, collected: all } = await renderSnort(indicators, { version });
  const placementsOf = (indicator: Indicator) =>
    output.placements.filter((one) => one.indicator === indicator).map(({ placement }) => placement);
  const targets = all.map((indicator) => ({ indicator, placements: placementsOf(indicator) }));
  const collector = new Collector();
  for (const indicator of indicators) collector.add(indicator);
  const drill: Drill = { dir: '/published', targets, collected: collector.collected(), workDir: aFolder() };
  const listed = new Listed(drill.collected);
  const probes = targets.flatMap(({ indicator }) =>
    probesOf(indicator, listed).filter((probe) => isVisible(probe, indicator, version)),
  );
  const options = { version, engine: { command: snort.command, config: '/nowhere/conf' } };
  return {
    snort,
    targets,
    /** The probes that the drill sends, in their order; the clients are the same each time. */
    sent: await writeCapture(join(aFolder(), 'same.pcap'), probes),
    run: () => new SnortExporter(snortOptions.parse(options), testServices()).drill(drill, signal),
  };
}

/** The line of a log, as recorded. */
function logLine(version: SnortVersion, { client, probe }: SentProbe, fired: Fired): string {
  const { peer } = probe.conversation();
  if (typeof fired === 'string')
    return ` ${client}:49152 -> ${peer}:80, [Name: "/download"] [Verdict: Log] [Type: PDF] [SHA: ${fired.toUpperCase()}] [Size: 62] `;
  const [gid, sid] = fired;
  return version === 3
    ? `{ "gid" : ${gid}, "sid" : ${sid}, "src_addr" : "${peer}", "dst_addr" : "${client}" }`
    : `${gid},${sid},${client},${peer}`;
}

function verdictsOf(report: DrillReport | undefined) {
  return report?.results.map(({ indicator, verdict, why }) => [indicatorKey(indicator), verdict, why]);
}

const DOMAIN = anIndicator('domain', 'evil.example');

// On the recorded answers of Snort: no engine is run here.
describe.each([3, 2] as const)('drill, on the recorded answers of Snort %i', (version) => {
  async function domainDrill() {
    const { targets, ...drill } = await aDrill(version, [DOMAIN]);
    const id = targets[0]?.placements[0]?.id ?? '';
    const sid = id.replace('sid ', '');
    const lineOf = (one: SentProbe) => logLine(version, one, [1, sid]);
    return { ...drill, sid, lineOf, hits: drill.sent.filter(({ probe }) => probe.mustFire) };
  }

  it('proves what fires on all that it must and on nothing else', async () => {
    const { snort, sent, run, lineOf, hits } = await domainDrill();
    snort.layOut('alerts', hits.map(lineOf));
    const report = await run();
    expect(verdictsOf(report)).toEqual([['domain:evil.example', 'proven', undefined]]);
    expect(report?.engine).toBe(version === 3 ? 'snort 3.12.2.0' : 'snort 2.9.19');
    expect(report?.probes).toMatchObject({ mustFire: hits.length, mustNotFire: sent.length - hits.length });
    expect(report?.probes.benign).toBeGreaterThan(20);
    expect(report?.benignHits).toEqual([]);
  });

  it('fails what stays silent, and what fires on a near miss', async () => {
    const silent = await domainDrill();
    silent.snort.layOut('alerts', silent.hits.slice(1).map(silent.lineOf));
    const what = silent.hits[0]?.probe.what;
    expect(verdictsOf(await silent.run())).toEqual([['domain:evil.example', 'failed', `did not fire on ${what}`]]);
    const loud = await domainDrill();
    const miss = loud.sent.find(({ probe }) => !probe.mustFire);
    loud.snort.layOut('alerts', [...loud.hits, ...(miss ? [miss] : [])].map(loud.lineOf));
    expect(verdictsOf(await loud.run())).toEqual([
      ['domain:evil.example', 'failed', `1:${loud.sid} fired on ${miss?.probe.what}`],
    ]);
  });

  it('knows an address by the events of the list, and not by rules of others', async () => {
    const indicator = anIndicator('ipv4', '203.0.113.7', { direction: 'destination' });
    const { snort, sent, run } = await aDrill(version, [indicator]);
    const hits = sent.filter(({ probe }) => probe.mustFire);
    snort.layOut('alerts', [
      ...hits.map((one) => logLine(version, one, [136, version === 3 ? '6' : '1'])),
      ...sent.map((one) => logLine(version, one, [116, '6'])),
    ]);
    expect(verdictsOf(await run())).toEqual([['ipv4:203.0.113.7|destination|', 'proven', undefined]]);
    expect(sent.filter(({ probe }) => probe.aspect === 'direction')).toEqual([]);
  });

  it('says why it cannot prove a rule of somebody else', async () => {
    const rule = 'alert tcp any any -> any 80 (msg:"theirs"; content:"gate"; sid:4712;)';
    const { run } = await aDrill(version, [anIndicator('rule-snort', rule)]);
    expect(verdictsOf(await run())).toEqual([
      [expect.any(String), 'unprovable', 'only its author knows what the rule has to fire on'],
    ]);
  });

  it('reports an alert on plain traffic if the rule is ours', async () => {
    const { snort, run, sent } = await aDrill(version, []);
    expect(sent).toEqual([]);
    const line = (sid: string) =>
      version === 3
        ? `{ "gid" : 1, "sid" : ${sid}, "src_addr" : "10.64.0.1", "dst_addr" : "192.0.2.1" }`
        : `1,${sid},10.64.0.1,192.0.2.1`;
    snort.layOut('alerts', [line('1000000017'), line('2019401')]);
    const report = await run();
    expect(report?.benignHits.map(({ detection }) => detection)).toEqual(['1:1000000017']);
  });

  it('says nothing when there is no Snort', async () => {
    const options = snortOptions.parse({ version, engine: { command: ['/nowhere/snort'] } });
    const drill = { dir: '/published', targets: [], collected: new Collector().collected(), workDir: aFolder() };
    expect(await new SnortExporter(options, testServices()).drill(drill, signal)).toBeUndefined();
  });
});

describe('drill of Snort 3', () => {
  it('knows a file by its digest in the log of files', async () => {
    const digestOf = (sought: string) =>
      knownDigests().find(({ kind, what }) => kind === 'sha256' && what === sought)?.value ?? '';
    const [digest, ofText] = [digestOf('a small document'), digestOf('a small text')];
    const { snort, sent, run } = await aDrill(3, [anIndicator('sha256', digest), anIndicator('sha256', ofText)]);
    const hits = sent.filter(({ probe }) => probe.mustFire);
    snort.layOut(
      'files',
      hits.map((one) => logLine(3, one, digest)),
    );
    const verdicts = verdictsOf(await run());
    expect(verdicts).toContainEqual([`sha256:${digest}`, 'proven', undefined]);
    expect(verdicts).toContainEqual([
      `sha256:${ofText}`,
      'unprovable',
      'no file with this digest, and of a type that Snort knows, is at hand',
    ]);
  });

  it('reads the capture with all that is published, the clients being at home', async () => {
    const { snort, run } = await aDrill(3, [DOMAIN]);
    await run();
    const [, call = []] = snort.calls;
    const [lua = ''] = call.slice(3);
    expect(call).toEqual([
      ...['-c', '/nowhere/conf', '--lua', lua],
      ...['-r', expect.stringMatching(/probes\.pcap$/), '-k', 'none', '-l', expect.any(String), '-q'],
    ]);
    expect(lua).toMatch(/^dofile\('\/published\/misp-pipeline\.lua'\)\n/);
    expect(lua).toContain(`HOME_NET = '${CLIENT_NETWORKS.join(' ')}'`);
  });

  it('leaves out what no form claims to see', async () => {
    const { sent } = await aDrill(3, [
      DOMAIN,
      anIndicator('hostname', 'c2.evil.test', { port: 8443 }),
      anIndicator('url', 'http://evil.test/gate.php'),
    ]);
    expect(sent.filter(({ probe }) => probe.protocol === 'quic')).toEqual([]);
    expect(sent.filter(({ probe }) => probe.aspect === 'query')).toEqual([]);
    const lookUps = sent.filter(({ probe }) => probe.protocol === 'dns').map(({ probe }) => probe.what);
    expect(lookUps.filter((what) => what.includes('c2.evil.test'))).toEqual([]);
  });
});
