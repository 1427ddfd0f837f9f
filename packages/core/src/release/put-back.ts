import type { History } from '../history/history.ts';
import type { Release } from '../history/releases.ts';
import type { Placing } from '../place/placing.ts';
import type { Part } from './part.ts';
import { reload } from './reload.ts';

export interface PuttingBack {
  readonly release: Release;
  readonly parts: readonly Part[];
  readonly placing: Placing;
  /** Ids of the exporters whose engines have been told of the release. */
  readonly told: readonly string[];
  readonly history: History;
  /** Why the release failed. */
  readonly failure: string;
}

/** What was live comes back also when somebody has lost patience. */
const NEVER = new AbortController().signal;

/** Makes live again what was live before a release, and tells the engines. Returns what came of it, as sentences. */
export async function putBack({ release, parts, placing, told, history, failure }: PuttingBack): Promise<string> {
  placing.undo();
  for (const { folder, base } of parts) folder.switchTo(base);
  history.transaction(() => {
    history.undo(release);
    history.releases.write({ ...release, state: 'failed', failure, unconfirmed: [] });
  });
  const unsure: string[] = [];
  for (const part of parts) {
    if (part.base === undefined || !told.includes(part.config.id)) continue;
    const report = await reload(part, part.base, part.generation, NEVER);
    if (report?.confirmed === false) unsure.push(`\`${part.config.id}\` (${report.messages.join('; ')})`);
  }
  if (parts.every(({ base }) => base === undefined)) return 'Nothing was live before, and nothing is now.';
  const back = 'What was live before is live again.';
  return unsure.length === 0 ? back : `${back} These engines did not confirm that either: ${unsure.join(', ')}.`;
}
