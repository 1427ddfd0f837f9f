import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../src/errors.ts';
import { History } from '../src/history/history.ts';
import { meeting } from './meeting.ts';

/** What a thread of the race is given. */
export interface HistoryRace {
  /** In it are the state folders, each of which all open for the first time at once. */
  readonly root: string;
  readonly rounds: number;
  readonly threads: number;
  readonly shared: SharedArrayBuffer;
}

const { root, rounds, threads, shared } = workerData as HistoryRace;
const meet = meeting(shared, threads);

for (let round = 0; round < rounds; round++) {
  const state = join(root, String(round));
  mkdirSync(state, { recursive: true });
  meet();
  try {
    const history = new History(state);
    history.transaction(() => history.dropPlan());
    history.close();
  } catch (error) {
    parentPort?.postMessage(messageOf(error));
  }
}
