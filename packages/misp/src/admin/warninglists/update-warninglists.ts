import type { Outcome } from '../outcome.ts';
import { readAgain } from '../read-again.ts';
import type { WarninglistApi } from './warninglist-api.ts';

/** What has changed in the lists when the server took over those on its disk. */
export interface UpdatedWarninglists {
  /** Lists that there were before. */
  readonly before: number;
  /** New lists, and those with another version; empty in a dry run, since only the server knows its disk. */
  readonly outcomes: readonly Outcome[];
  /** The server's words; undefined in a dry run. */
  readonly note: string | undefined;
  /** Why not all lists are known to be up to date. */
  readonly fault: string | undefined;
}

export async function updateWarninglists(
  api: WarninglistApi,
  { dryRun }: { dryRun: boolean },
): Promise<UpdatedWarninglists> {
  const before = new Map((await api.list()).map(({ id, version }) => [id, version]));
  if (dryRun) return { before: before.size, outcomes: [], note: undefined, fault: undefined };
  const note = await api.update();
  const reading = await readAgain(() => api.list());
  if ('fault' in reading) return { before: before.size, outcomes: [], note, fault: reading.fault };
  const updated = reading.things.filter(({ id, version }) => before.get(id) !== version);
  const outcomes = updated.map(({ id, name, version }): Outcome => {
    const change = { field: 'version', before: before.get(id) ?? '-', after: version };
    return { id, name, status: 'changed', changes: [change] };
  });
  return { before: before.size, outcomes, note, fault: FAILED_IN_PART.test(note) ? note : undefined };
}

/** MISP answers `saved: true` also when it could update only some lists. */
const FAILED_IN_PART = /could not update/i;
