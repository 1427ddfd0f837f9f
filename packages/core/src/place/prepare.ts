import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { copyAll } from './copy.ts';
import { explained, explanation, PlacingError, type PlacingFault } from './error.ts';
import { type Journal, removeJournal, saveJournal } from './journal.ts';
import { type Place, placeName } from './options.ts';
import { Placing } from './placing.ts';
import { type Plan, Planner } from './plan.ts';
import { loadRecord, type PlacedFile } from './record.ts';
import { recoverPlacing } from './recover.ts';
import { PlaceReports } from './report.ts';
import { clearCopies } from './switch.ts';
import { type Generation, type Wanted, wantedAt } from './target.ts';

/** What is to be placed for one exporter. */
export interface PlacingRequest {
  readonly exporter: string;
  /** All its places: what it has placed elsewhere is taken back. */
  readonly places: readonly Place[];
  readonly generation: Generation;
}

/**
 * Copies the files of all exporters beside where they are to stand, and checks everything that can be checked; what the
 * engines read is not touched yet. First ends a placing that was killed. Throws a PlacingError, or the reason of `signal`,
 * and leaves nothing behind then. One process at a time may use a state folder.
 * @param former exporters that are no more: what they have placed stays, but may be taken over.
 */
export async function preparePlacing(
  requests: readonly PlacingRequest[],
  stateDir: string,
  signal: AbortSignal,
  former: ReadonlySet<string> = new Set(),
): Promise<Placing> {
  explained(stateDir, () => mkdirSync(stateDir, { recursive: true, mode: 0o700 }));
  recoverPlacing(stateDir);
  const scratch = join(stateDir, 'scratch');
  try {
    explained(scratch, () => mkdirSync(scratch, { mode: 0o700 }));
    const reports = new PlaceReports();
    const wanted = await wantedBy(requests, scratch, signal);
    const plan = planOf(requests, wanted, loadRecord(stateDir), reports, former);
    const journal = await copied(plan, stateDir, signal);
    return new Placing(stateDir, journal, reports.all());
  } finally {
    clearScratch(scratch);
  }
}

function clearScratch(scratch: string): void {
  try {
    rmSync(scratch, { recursive: true, force: true });
  } catch {
    // It stands in nobody's way, and the next placing clears it away.
  }
}

/** What all places of all requests are to hold. Throws with all faults at once. */
async function wantedBy(
  requests: readonly PlacingRequest[],
  scratch: string,
  signal: AbortSignal,
): Promise<(Wanted & { exporter: string; place: string })[]> {
  const wanted = [];
  const faults: PlacingFault[] = [];
  for (const { exporter, places, generation } of requests) {
    for (const place of places) {
      signal.throwIfAborted();
      try {
        const at = await wantedAt(place, exporter, generation, scratch, signal);
        wanted.push({ ...at, exporter, place: placeName(place) });
      } catch (error) {
        signal.throwIfAborted();
        faults.push(explanation(error, placeName(place)));
      }
    }
  }
  if (faults.length > 0) throw new PlacingError(faults);
  return wanted;
}

function planOf(
  requests: readonly PlacingRequest[],
  wanted: readonly (Wanted & { exporter: string; place: string })[],
  record: readonly PlacedFile[],
  reports: PlaceReports,
  former: ReadonlySet<string>,
): Plan {
  const planner = new Planner(record, reports, randomBytes(6).toString('hex'));
  const requestOf = new Map(requests.map((request) => [request.exporter, request]));
  const others = record.filter(({ exporter }) => !requestOf.has(exporter));
  for (const file of others) if (!former.has(file.exporter)) planner.leave(file);
  for (const one of wanted) {
    reports.of(one).unmatched.push(...one.unmatched);
    for (const target of one.targets) planner.place(target);
  }
  for (const file of others) if (former.has(file.exporter)) planner.leaveUnlessTaken(file);
  for (const file of record) {
    const request = requestOf.get(file.exporter);
    if (request === undefined) continue;
    const overwrite = request.places.some((place) => placeName(place) === file.place && place.overwrite);
    planner.withdraw(file, overwrite);
  }
  return planner.plan();
}

function clearAway(journal: Journal, stateDir: string): void {
  try {
    clearCopies(journal);
    removeJournal(stateDir);
  } catch {
    // What made the copying fail may stand against this, too. The journal stays, so the next placing clears away.
  }
}

/** Writes the journal, then the new files. When they cannot all be written, none stays. */
async function copied({ steps, folders, record }: Plan, stateDir: string, signal: AbortSignal): Promise<Journal> {
  const moves = steps.map(({ move }) => move);
  const journal: Journal = { phase: 'copying', moves, folders: [...folders.keys()], record: [...record] };
  try {
    saveJournal(stateDir, journal);
    await copyAll(steps, folders, signal);
    return journal;
  } catch (error) {
    clearAway(journal, stateDir);
    throw error;
  }
}
