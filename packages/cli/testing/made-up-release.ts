import type { ReleaseReport, ReloadReport } from '@misp-pipeline/core';

/** What a rollback of the exporter `suricata` alone reports. */
export function aReleaseReport(generation: string, exported: number, reload: ReloadReport | undefined): ReleaseReport {
  const dir = '/srv/out/suricata';
  const times = { made: '2026-11-24T12:00:00.000Z', published: '2026-11-24T12:00:01.000Z' };
  const exporter = { id: 'suricata', dir, base: undefined, generation, exported, changes: undefined };
  return {
    pipeline: 'test',
    release: {
      ...{ id: 3, state: 'live', fingerprint: '4c1f0d3b9a7e', ...times, by: 'rollback', restored: 1, runId: 'run-3' },
      ...{ exporters: [exporter], guard: [], unconfirmed: [], failure: undefined },
    },
    exporters: [
      {
        ...{ id: 'suricata', reload, places: [] },
        published: { dir: `${dir}/current`, generation, previous: undefined, changed: true },
      },
    ],
  };
}
