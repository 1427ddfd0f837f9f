import { diffReleases, findRelease, type ReleaseName } from '@misp-pipeline/core';
import type { Context } from '../context.ts';
import { changesLines, countsText } from '../render/changes.ts';
import { plain } from '../render/number.ts';
import { releaseNumber } from './release-name.ts';
import { withHistory } from './with-history.ts';

/** Says what differs between two releases; by default between the live one and the one before. */
export async function diff(context: Context, from: string | undefined, to: string | undefined): Promise<number> {
  const { io, options } = context;
  return withHistory(context, (known) => {
    const after = findRelease(known, named(to, 0));
    const before = findRelease(known, named(from, 1));
    const changes = diffReleases(known, before.id, after.id);
    if (options.json === true) {
      io.json({ from: before.id, to: after.id, exporters: Object.fromEntries(changes) });
      return;
    }
    io.result(io.style('bold', `release ${before.id} -> ${after.id}`));
    for (const [id, change] of changes) {
      const counts = `${countsText(change)}, ${plain(change.before)} -> ${plain(change.after)} indicators`;
      io.result(
        [
          '',
          io.style('bold', `  ${id}  ${counts}`),
          ...changesLines(change, (style, text) => io.style(style, text)),
        ].join('\n'),
      );
    }
  });
}

/** What was asked for, or the one that is so many before the live one. */
function named(release: string | undefined, back: number): ReleaseName {
  return release === undefined ? { back } : { release: releaseNumber(release) };
}
