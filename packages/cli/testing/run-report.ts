import type { ExporterReport, RunReport, SourceReport } from '@misp-pipeline/core';

/** The account of a run over one source and one exporter, `osint` and `suricata`. */
export function aReport(parts: Partial<RunReport> = {}): RunReport {
  return {
    ...{
      runId: '00000000-0000-4000-8000-000000000001',
      pipeline: 'test',
      config: '/c.yaml',
      dryRun: false,
      release: 1,
      fingerprint: undefined,
    },
    ...{ startedAt: '2026-11-24T12:00:00.000Z', finishedAt: '2026-11-24T12:00:10.000Z', guard: [], latency: undefined },
    funnel: {
      ...{ read: 10, rejected: 1, normalised: 9, passed: 8, merged: 8 },
      dropped: {},
      exported: { suricata: 7 },
    },
    sources: [aSource()],
    filters: [{ id: 'tlp', plugin: 'tlp', exporter: undefined, in: 9, dropped: { 'tlp:red': 1 }, out: 8 }],
    exporters: [anExporter()],
    ...parts,
  };
}

export function aSource(parts: Partial<SourceReport> = {}): SourceReport {
  return {
    ...{ id: 'osint', plugin: 'misp-feed', read: 10, indicators: 9, rejected: { 'rejected:host': 1 } },
    ...{ asOf: '2026-11-24T11:00:00.000Z', sync: undefined, problems: [] },
    ...parts,
  };
}

export function anExporter(parts: Partial<ExporterReport> = {}): ExporterReport {
  return {
    ...{ id: 'suricata', plugin: 'suricata', passed: 8, merged: 8, skipped: { 'unsupported:email': 1 }, exported: 7 },
    files: [{ path: 'misp.rules', bytes: 1234, sha256: 'ab', entries: 7 }],
    ...{ check: { state: 'unchecked', why: 'off' }, changes: undefined, reload: undefined },
    ...{ generation: '0123456789abcdef', base: undefined },
    places: [],
    published: { dir: '/out/current', generation: '0123456789abcdef', previous: undefined, changed: true },
    ...parts,
  };
}

/** What a check says that left out as many indicators. */
export function quarantining(count: number): ExporterReport['check'] {
  const quarantined = Array.from({ length: count }, (_, i) => {
    return { kind: 'domain', value: `h${i}.example`, message: 'bad' } as const;
  });
  return { state: 'accepted', engine: 'suricata 7.0.10', runs: 1, quarantined, messages: [] };
}
