import type { Release, ReleaseReport } from '@misp-pipeline/core';
import { countsText } from './changes.ts';
import { placeLines } from './places.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';
import { visible } from './visible.ts';

/** A release, and whether it can still be restored. */
export type ListedRelease = Release & { readonly restorable: boolean; readonly isLive: boolean };

/** The releases as a table, the newest first. */
export function historyText(releases: readonly ListedRelease[]): string {
  const rows = releases.map((release) => ({
    release: `${release.id}${release.isLive ? ' *' : ''}`,
    when: (release.published ?? release.made).slice(0, 19).replace('T', ' '),
    state: release.state,
    by: release.restored === undefined ? release.by : `${release.by} to ${release.restored}`,
    restorable: release.restorable ? 'yes' : 'no',
    exporters:
      release.exporters.map(exporterText).join('; ') +
      (release.failure === undefined ? '' : `; ${visible(release.failure)}`),
  }));
  return table(rows, ['release', 'when', 'state', 'by', 'restorable', 'exporters']);
}

function exporterText({ id, generation, base, changes }: Release['exporters'][number]): string {
  if (base === generation) return `${id} unchanged`;
  return `${id} ${generation}${changes === undefined ? '' : ` ${countsText(changes)}`}`;
}

/** What went live by `apply` or `rollback`. */
export function releaseText({ pipeline, release, exporters }: ReleaseReport, style: Style): string {
  const what =
    release.restored === undefined
      ? `release ${release.id}`
      : `release ${release.id}, which restores ${release.restored},`;
  const lines = [style('bold', `${pipeline}: ${what} is live`)];
  for (const { id, published, reload, places } of exporters) {
    const state = published.changed
      ? `generation ${published.generation}`
      : `generation ${published.generation}, unchanged`;
    lines.push(`  ${id.padEnd(12)} ${published.dir} (${state})`);
    lines.push(...placeLines(places, ' '.repeat(15), style));
    if (reload !== undefined)
      lines.push(style('dim', `${' '.repeat(15)}taken over by ${visible(reload.engine)} (${visible(reload.method)})`));
  }
  return lines.join('\n');
}
