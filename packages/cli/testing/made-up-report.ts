import type { ChangedIndicator, ExporterReport, ManifestFile, RunReport, SourceReport } from '@misp-pipeline/core';

const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

/** The report of a run in which everything happened that a report can tell. */
export function aRunReport(fields: Partial<RunReport> = {}): RunReport {
  return {
    runId: '0b8f6b0e-5a2e-4c58-9f0c-7a3b6d6f3a11',
    pipeline: 'production',
    config: '/etc/misp-pipeline/production.yaml',
    startedAt: '2026-11-24T08:15:02.000Z',
    finishedAt: '2026-11-24T08:16:31.000Z',
    dryRun: false,
    release: 118,
    fingerprint: '4c1f0d3b9a7e',
    guard: [
      { id: 'withdrawn:suricata', message: '31 of 1,204 indicators go, more than 2 %', accepted: true },
      { id: 'stale:cert', message: 'confirmed 3 h ago, older than 1 h', accepted: true },
    ],
    latency: {
      count: 120,
      sum: 260_000,
      buckets: [600, 3600, 86_400].map((le, i) => ({ le, count: [20, 70, 120][i] ?? 0 })),
    },
    funnel: {
      ...{ read: 2412, rejected: 214, normalised: 2301, passed: 1390, merged: 1322 },
      dropped: { 'tlp:red': 211, 'warninglist:tranco': 512, 'warninglist:amazon-aws': 188 },
      exported: { suricata: 1293, sigma: 801 },
    },
    sources: [aSource(), osint()],
    filters: [
      {
        ...{ id: 'warninglists', plugin: 'warninglist', exporter: undefined, in: 2301, out: 1601 },
        dropped: { 'warninglist:tranco': 512, 'warninglist:amazon-aws': 188 },
      },
      { id: 'tlp', plugin: 'tlp', exporter: undefined, in: 1601, dropped: { 'tlp:red': 211 }, out: 1390 },
      { id: 'tlp', plugin: 'tlp', exporter: 'sigma', in: 1390, dropped: { 'tlp:amber': 520 }, out: 870 },
    ],
    exporters: [anExporter(), sigma()],
    ...fields,
  };
}

/** The source `cert`, a server. */
export function aSource(fields: Partial<SourceReport> = {}): SourceReport {
  return {
    ...{ id: 'cert', plugin: 'misp', read: 1900, indicators: 1810, asOf: '2026-11-24T05:02:11.000Z' },
    rejected: { 'skipped:to_ids': 180, 'rejected:invalid-host': 4 },
    sync: { mode: 'changes', requests: 14, counted: 212, received: 212, withdrawn: 31, held: 2 },
    problems: [],
    ...fields,
  };
}

/** The source `osint`, a feed of which a part could not be read. */
function osint(): SourceReport {
  return {
    ...{ id: 'osint', plugin: 'misp-feed', read: 512, indicators: 491, asOf: undefined, sync: undefined },
    rejected: { 'skipped:to_ids': 30 },
    problems: [{ place: 'https://feeds.example.org/misp/5f6d.json', message: 'not JSON: `<html><head>`' }],
  };
}

/** The exporter `suricata`, whose engine refused one indicator and took over the rest. */
export function anExporter(fields: Partial<ExporterReport> = {}): ExporterReport {
  return {
    ...{ id: 'suricata', plugin: 'suricata', passed: 1390, merged: 1322, exported: 1293 },
    ...{ generation: 'f8d365177df1f265', base: 'bf9727157d1b9d79' },
    skipped: { 'unsupported:imphash': 28, 'refused:suricata': 1 },
    files: [
      aFile('misp.rules', 1012, 402_113),
      aFile('datasets/misp-domain.lst', 281, 9120),
      aFile('misp-pipeline.yaml', 0, 611),
    ],
    check: {
      ...{ state: 'accepted', engine: 'suricata 7.0.10', runs: 2, messages: ['1 rule uses a deprecated keyword'] },
      quarantined: [
        {
          kind: 'url',
          value: 'http://evil.example/%ff?</script><img src=x onerror=alert(1)>',
          message: 'error parsing signature: invalid content',
        },
      ],
    },
    changes: {
      ...{ added: 120, changed: 4, withdrawn: 31, before: 1204, after: 1293 },
      causes: { 'withdrawn:deleted': 20, 'tlp:red': 8, expired: 3 },
      events: [
        { id: 'e1', title: 'Loader campaign against logistics', added: 96, changed: 0, withdrawn: 4 },
        { id: 'e2', title: 'Phishing kit "Winter" \u202egnp.exe', added: 24, changed: 4, withdrawn: 27 },
      ],
      organisations: [
        { id: 'CIRCL', title: 'CIRCL', added: 100, changed: 4, withdrawn: 11 },
        { id: 'Example CERT', title: 'Example CERT', added: 20, changed: 0, withdrawn: 20 },
      ],
      examples: {
        added: [aChange('domain', 'new.evil.example', { events: ['e1'] })],
        changed: [aChange('ipv4', '198.51.100.7', { direction: 'destination', port: 8443 })],
        withdrawn: [aChange('url', 'https://gone.example/a', { cause: 'withdrawn:deleted' })],
      },
    },
    places: [],
    published: {
      dir: '/srv/out/suricata/current',
      generation: 'f8d365177df1f265',
      previous: 'bf9727157d1b9d79',
      changed: true,
    },
    reload: {
      engine: 'suricata 7.0.10',
      method: 'unix socket',
      confirmed: true,
      messages: ['1,012 rules loaded, 1,012 expected'],
    },
    ...fields,
  };
}

function aChange(
  kind: ChangedIndicator['kind'],
  value: string,
  fields: Partial<ChangedIndicator> = {},
): ChangedIndicator {
  return { ...{ kind, value, direction: undefined, port: undefined, events: ['e2'], cause: undefined }, ...fields };
}

/** What a check says that left out as many indicators. */
export function quarantining(count: number): ExporterReport['check'] {
  const quarantined = Array.from({ length: count }, (_, i) => {
    return { kind: 'domain', value: `h${i}.example`, message: 'bad' } as const;
  });
  return { state: 'accepted', engine: 'suricata 7.0.10', runs: 1, quarantined, messages: [] };
}

/** The exporter `sigma`, for which nothing changed, without its engine. */
function sigma(): ExporterReport {
  return {
    ...{ id: 'sigma', plugin: 'sigma', passed: 870, merged: 812, exported: 801, skipped: { 'unsupported:ja3': 11 } },
    ...{ generation: '91cb00fca08368a0', base: '91cb00fca08368a0' },
    files: [aFile('rules/dns/misp-domain-0.yml', 400, 20_112), aFile('rules/proxy/misp-url-0.yml', 401, 40_901)],
    check: { state: 'unchecked', why: 'absent' },
    changes: {
      ...{ added: 0, changed: 0, withdrawn: 0, before: 801, after: 801, causes: {}, events: [], organisations: [] },
      examples: { added: [], changed: [], withdrawn: [] },
    },
    places: [],
    published: {
      dir: '/srv/out/sigma/current',
      generation: '91cb00fca08368a0',
      previous: '91cb00fca08368a0',
      changed: false,
    },
    reload: undefined,
  };
}

function aFile(path: string, entries: number, bytes: number): ManifestFile {
  return { path, entries, bytes, sha256: SHA256 };
}
