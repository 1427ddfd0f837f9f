import { type ReleaseReport, type ReloadReport, type RunReport, z } from '@misp-pipeline/core';

/** What an exporter has live, and what its engine says of it. */
export const liveExporter = z.object({
  id: z.string(),
  /** Left out while nothing of it went live but what its engine did not confirm. */
  generation: z.string().optional(),
  exported: z.number().min(0).optional(),
  /** Whether the engine confirmed what it was told last; left out when it was told nothing. */
  reloadConfirmed: z.boolean().optional(),
});

export type LiveExporter = z.output<typeof liveExporter>;

type Live = readonly LiveExporter[];

/** What is live after a run. */
export function liveAfterRun(live: Live, { exporters }: RunReport): LiveExporter[] {
  return exporters.map(({ id, exported, published, reload }) =>
    told(live, { id, exported, generation: published?.generation }, reload),
  );
}

/** What is live after `apply` or `rollback`; exporters that the release does not have stay as they are. */
export function liveAfterRelease(live: Live, { release, exporters }: ReleaseReport): LiveExporter[] {
  const switched = exporters.map(({ id, published: { generation }, reload }) => {
    const exported = release.exporters.find((one) => one.id === id)?.exported;
    return told(live, { id, generation, exported }, reload);
  });
  return [...live.filter(({ id }) => !switched.some((one) => one.id === id)), ...switched];
}

/** What is live after the engine of an exporter did not confirm new files: what was before, but for its word. */
export function liveUnconfirmed(live: Live, exporter: string): LiveExporter[] {
  const before = live.find(({ id }) => id === exporter) ?? { id: exporter };
  return [...live.filter((one) => one !== before), { ...before, reloadConfirmed: false }];
}

/** An engine that was told nothing, since nothing is new to it, has said what it said before. */
function told(live: Live, now: LiveExporter, reload: ReloadReport | undefined): LiveExporter {
  const before = live.find(({ id }) => id === now.id);
  const unchanged = before?.generation === now.generation ? before?.reloadConfirmed : undefined;
  return { ...now, reloadConfirmed: reload?.confirmed ?? unchanged };
}
