import type { Release, ReleaseReport } from '@misp-pipeline/core';
import { countsText, isEmpty } from './changes.ts';
import { generationText, reloadText } from './files.ts';
import { minuteText } from './moment.ts';
import { placeLines } from './places.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';
import { visible } from './visible.ts';

/** A release, and whether it can still be restored. */
export type ListedRelease = Release & { readonly restorable: boolean; readonly isLive: boolean };

/** The releases as a table, the newest first. */
export function historyText(releases: readonly ListedRelease[]): string {
  const rows = releases.map((release) => ({
    release: release.id,
    'when (UTC)': minuteText(release.published ?? release.made),
    state: release.state === 'live' && !release.isLive ? 'replaced' : release.state,
    by: release.restored === undefined ? release.by : `${release.by} to ${release.restored}`,
    restorable: release.restorable ? 'yes' : 'no',
    'what changed': [
      ...release.exporters.map(exporterText),
      ...(release.failure === undefined ? [] : [visible(release.failure)]),
    ].join(', '),
  }));
  return table(rows, ['release', 'when (UTC)', 'state', 'by', 'restorable', 'what changed']);
}

/**
 * Indicators can be said anew in the same files, when only what is known of them differs. A rollback knows no counts, so the
 * generation says what it brought back.
 */
function exporterText({ id, generation, base, changes }: Release['exporters'][number]): string {
  if (base === generation && (changes === undefined || isEmpty(changes))) return `${id} unchanged`;
  return `${id} ${changes === undefined ? generation : countsText(changes)}`;
}

const INDENT = ' '.repeat(15);

/** What went live by `apply` or `rollback`. */
export function releaseText({ pipeline, release, exporters }: ReleaseReport, style: Style): string {
  const what =
    release.restored === undefined
      ? `release ${release.id}`
      : `release ${release.id}, which restores ${release.restored},`;
  const lines = [style('bold', `${pipeline}: ${what} is live`)];
  for (const { id, published, reload, places } of exporters) {
    lines.push(`  ${id.padEnd(12)} ${published.dir} (${generationText(published)})`);
    lines.push(...placeLines(places, INDENT, style));
    if (reload !== undefined) lines.push(style('dim', INDENT + reloadText(reload)));
  }
  return lines.join('\n');
}
