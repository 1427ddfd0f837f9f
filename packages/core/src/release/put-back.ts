import type { History } from '../history/history.ts';
import type { Release } from '../history/releases.ts';
import type { Placing } from '../place/placing.ts';
import type { Part } from './part.ts';
import { undoPlaces } from './places.ts';
import type { Reloads } from './reload.ts';
import { reload } from './reload.ts';
import { doubt, trust } from './unconfirmed.ts';

export interface PuttingBack {
  readonly release: Release;
  readonly parts: readonly Part[];
  readonly placing: Placing;
  /** What the engines said that have been told of the release. */
  readonly reloads: Reloads;
  readonly history: History;
  /** Why the release failed. */
  readonly failure: string;
}

/** What came of putting back. */
export interface Restored {
  /** Whether every engine that was told confirmed that it runs again what it ran before. */
  readonly isSure: boolean;
  /** The same in sentences. */
  readonly text: string;
}

/** What was live comes back also when somebody has lost patience. */
const NEVER = new AbortController().signal;

/**
 * Makes live again what was live before a release, and tells the engines; those that do not confirm it are told again by the
 * next run. When it throws, the next run puts back.
 */
export async function putBack(putting: PuttingBack): Promise<Restored> {
  const { release, parts, placing, reloads, history, failure } = putting;
  for (const { folder, base } of parts) folder.switchTo(base);
  const told = parts.filter(({ base, config }) => base !== undefined && reloads.has(config.id));
  history.transaction(() => {
    history.undo(release);
    history.releases.write({ ...release, state: 'failed', failure, unconfirmed: [] });
    doubt(history, idsOf(told));
  });
  // Last: as long as a release is `publishing`, the journal of its places tells a recovery that it cannot go live.
  undoPlaces(placing);
  const unsure = await tellBack(told, reloads);
  history.transaction(() => trust(history, idsOf(told.filter(({ config }) => !unsure.has(config.id)))));
  if (parts.every(({ base }) => base === undefined))
    return { isSure: true, text: 'Nothing was live before, and nothing is now.' };
  const back = 'What was live before is live again.';
  if (unsure.size === 0) return { isSure: true, text: back };
  return {
    isSure: false,
    text: `${back} These engines did not confirm that either: ${[...unsure.values()].join(', ')}.`,
  };
}

/** Returns those that did not confirm, with what they said. */
async function tellBack(told: readonly Part[], reloads: Reloads): Promise<Map<string, string>> {
  const unsure = new Map<string, string>();
  for (const part of told) {
    const { id } = part.config;
    const running = reloads.get(id)?.confirmed ? part.generation : undefined;
    const report = await reload(part, part.base ?? '', running, NEVER);
    if (report?.confirmed === false) unsure.set(id, `\`${id}\` (${report.messages.join('; ')})`);
  }
  return unsure;
}

function idsOf(parts: readonly Part[]): string[] {
  return parts.map(({ config }) => config.id);
}
