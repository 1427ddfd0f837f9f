import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findRelease, GenerationFolder, type History, type Release, type ReleaseName } from '@misp-pipeline/core';
import { type Context, talk } from '../context.ts';
import { indicatorText } from '../render/changes.ts';
import { plain } from '../render/number.ts';
import { historyText, type ListedRelease } from '../render/releases.ts';
import { momentOf, releaseNumber } from './release-name.ts';
import { withAnyHistory, withHistory } from './with-history.ts';

export interface HistoryCommandOptions {
  readonly at?: string;
  readonly release?: string;
  readonly limit: number;
}

/** Lists the releases, or the indicators of one. */
export function history(context: Context, options: HistoryCommandOptions): Promise<number> {
  const { at, release, limit } = options;
  if (at !== undefined) {
    const moment = momentOf(at);
    return withHistory(context, (known) => show(context, known, { at: moment }));
  }
  if (release === undefined) return withAnyHistory(context, (known) => list(context, known, limit));
  const number = releaseNumber(release);
  return withHistory(context, (known) => show(context, known, { release: number }));
}

function list(context: Context, known: History | undefined, limit: number): void {
  const { io, options } = context;
  const all = known?.releases.all() ?? [];
  const live = known?.releases.newest('live')?.id;
  const releases = all
    .slice(0, limit)
    .map((release): ListedRelease => ({ ...release, restorable: isRestorable(release), isLive: release.id === live }));
  if (options.json === true) io.json(releases);
  else if (releases.length > 0) io.result(historyText(releases));
  if (live === undefined) talk(context, 'nothing has been published yet');
  if (all.length > limit) talk(context, `and ${plain(all.length - limit)} older ones; --limit lists more`);
}

/** Only the presence of the folders is looked at; `rollback` looks at every file. */
function isRestorable({ state, exporters }: Release): boolean {
  const isThere = ({ dir, generation }: Release['exporters'][number]) =>
    existsSync(join(new GenerationFolder(dir).dirOf(generation), 'manifest.json'));
  return state === 'live' && exporters.every(isThere);
}

/** Everything that was live in a release, a line each. */
function show({ io, options }: Context, known: History, name: ReleaseName): void {
  const release = findRelease(known, name);
  const json = options.json === true;
  if (!json) io.result(`release ${release.id}, live since ${release.published ?? release.made}`);
  const entries = known.entries.at(release.id);
  for (const { kind, value, direction, port, since, exporters: mask, events: ids } of entries) {
    const exporters = known.exporters.idsOf(mask);
    const events = ids.flatMap((id) => known.events.byId(id) ?? []);
    if (json) io.jsonLine({ kind, value, direction, port, since, exporters, events: events.map(({ uuid }) => uuid) });
    else
      io.result(
        `  ${indicatorText({ kind, value, direction, port, events: [], cause: undefined })}  ${exporters.join(' ')}`,
      );
  }
}
