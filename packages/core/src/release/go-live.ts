import { messageOf, pipelineError } from '../errors.ts';
import type { History } from '../history/history.ts';
import type { Release } from '../history/releases.ts';
import type { Placing } from '../place/placing.ts';
import type { ReloadReport } from '../plugin.ts';
import { hasChanged, type Part } from './part.ts';
import { switchPlaces } from './places.ts';
import { putBack } from './put-back.ts';
import { reload } from './reload.ts';

export interface GoingLive {
  readonly history: History;
  readonly signal: AbortSignal;
  readonly clock: () => Date;
}

/** What the engines said, by exporter; those that were not told are not in it. */
export type Reloads = ReadonlyMap<string, ReloadReport>;

/**
 * Nothing can come back where nothing was, and an engine can be told to read files only when there are some. So the first
 * files of an exporter stay live also when they are not confirmed.
 */
const FIRST_FILES_STAY =
  'Its first files are live all the same. Let the engine read them; the next run tells it again.';

/**
 * Makes a release live as a whole, and tells the engines. Called while the history is being written, which it commits: the
 * history says `publishing` before anything is switched, so that after a crash the next run knows what to finish. Where an engine does not confirm, what was live before is live again
 * and the engines are told so. Throws RELOAD_FAILED then.
 */
export async function goLive(
  release: Release,
  parts: readonly Part[],
  placing: Placing,
  going: GoingLive,
): Promise<Reloads> {
  const { history, signal, clock } = going;
  const hasNews = (part: Part) => hasChanged(part) || placing.changes(part.config.id);
  const waiting = parts.filter((part) => hasNews(part) || release.unconfirmed.includes(part.config.id));
  const publishing: Release = { ...release, state: 'publishing', unconfirmed: waiting.map(({ config }) => config.id) };
  history.releases.write(publishing);
  history.commit();
  const reloads = new Map<string, ReloadReport>();
  const undo = (failure: string) =>
    putBack({ release: publishing, parts, placing, told: [...reloads.keys()], history, failure });
  try {
    switchPlaces(placing);
    for (const { folder, generation } of parts) folder.switchTo(generation);
  } catch (error) {
    await undo(messageOf(error));
    throw error;
  }
  const unconfirmed: string[] = [];
  for (const part of waiting) {
    const { id } = part.config;
    const report = await reload(part, part.generation, part.base, signal);
    if (report === undefined) continue;
    reloads.set(id, report);
    if (report.confirmed) continue;
    if (part.base === undefined) {
      unconfirmed.push(id);
      continue;
    }
    const restored = await undo(`\`${id}\` was not confirmed: ${report.messages.join('; ')}`);
    throw pipelineError('RELOAD_FAILED', { exporter: id, messages: report.messages, restored });
  }
  placing.finish();
  const published = clock().toISOString();
  history.transaction(() => history.releases.write({ ...publishing, state: 'live', published, unconfirmed }));
  for (const { folder, config } of parts) folder.prune(config.keep);
  for (const exporter of unconfirmed) {
    const messages = reloads.get(exporter)?.messages ?? [];
    throw pipelineError('RELOAD_FAILED', { exporter, messages, restored: FIRST_FILES_STAY });
  }
  return reloads;
}
