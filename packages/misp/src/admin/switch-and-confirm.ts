import { attempt } from './attempt.ts';
import { type Change, failed, type Named, type Outcome } from './outcome.ts';
import { type Reading, readAgain, unchecked } from './read-again.ts';

/** How things of one kind are switched. */
export interface Switching<T extends Named> {
  /** What differs from what is wanted; empty when nothing does. */
  readonly changesTo: (thing: T) => readonly Change[];
  readonly apply: (thing: T, changes: readonly Change[]) => Promise<void>;
  readonly list: () => Promise<readonly T[]>;
}

/** Switches things one by one, and reads the server again to see what it did; also after a failure, for it may be half. */
export async function switchAndConfirm<T extends Named>(
  things: readonly T[],
  switching: Switching<T>,
  { dryRun }: { dryRun: boolean },
): Promise<Outcome[]> {
  const asked: { thing: T; outcome: Outcome }[] = [];
  for (const thing of things)
    asked.push({ thing, outcome: await attempt(thing, () => switchOne(thing, switching, dryRun)) });
  if (dryRun || asked.every(({ outcome }) => outcome.status === 'unchanged'))
    return asked.map(({ outcome }) => outcome);
  const reading = await readAgain(switching.list);
  return asked.map(({ thing, outcome }) => seen(outcome, thing, reading, switching));
}

async function switchOne<T extends Named>(thing: T, switching: Switching<T>, dryRun: boolean): Promise<Outcome> {
  const { id, name } = thing;
  const changes = switching.changesTo(thing);
  if (changes.length === 0) return { id, name, status: 'unchanged', changes };
  if (dryRun) return { id, name, status: 'planned', changes };
  await switching.apply(thing, changes);
  return { id, name, status: 'changed', changes };
}

function seen<T extends Named>(outcome: Outcome, thing: T, reading: Reading<T>, { changesTo }: Switching<T>): Outcome {
  if (outcome.status === 'unchanged') return outcome;
  if ('fault' in reading) return unchecked(outcome, reading.fault);
  const now = reading.things.find(({ id }) => id === thing.id);
  const left = now && changesTo(now).map(({ field }) => field);
  const made = changesTo(thing).filter(({ field }) => left?.includes(field) === false);
  if (outcome.status === 'failed') return { ...outcome, changes: made };
  if (left?.length === 0) return outcome;
  const what = left === undefined ? 'it is not there' : `still as before: ${left.join(', ')}`;
  return { ...failed(thing, 'not-taken', `the server accepted it, but ${what}`), changes: made };
}
