import { parentPort, workerData } from 'node:worker_threads';
import { holdFile } from '../src/hold-file.ts';
import { meeting } from './meeting.ts';

/** What a thread of the race is given. */
export interface Race {
  /** The file that all take at once. */
  readonly path: string;
  readonly rounds: number;
  readonly threads: number;
  /** What the threads meet at. */
  readonly shared: SharedArrayBuffer;
}

const { path, rounds, threads, shared } = workerData as Race;
const meet = meeting(shared, threads);

for (let round = 0; round < rounds; round++) {
  meet();
  const held = holdFile(path);
  meet();
  held?.release();
  parentPort?.postMessage(held !== undefined);
}
