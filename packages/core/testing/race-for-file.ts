import { parentPort, workerData } from 'node:worker_threads';
import { holdFile } from '../src/hold-file.ts';

/** What a thread of the race is given. */
export interface Race {
  /** The file that all take at once. */
  readonly path: string;
  readonly rounds: number;
  readonly threads: number;
  /** Two numbers of 32 bits, which the threads meet at: how many wait, and how often they have met. */
  readonly shared: SharedArrayBuffer;
}

const [WAITING, MET] = [0, 1];
const { path, rounds, threads, shared } = workerData as Race;
const state = new Int32Array(shared);

/** Goes on when every thread is here. */
function meet(): void {
  const met = Atomics.load(state, MET);
  if (Atomics.add(state, WAITING, 1) < threads - 1) {
    // The notification may still be the one of the meeting before.
    while (Atomics.load(state, MET) === met) Atomics.wait(state, MET, met);
    return;
  }
  Atomics.store(state, WAITING, 0);
  Atomics.add(state, MET, 1);
  Atomics.notify(state, MET);
}

for (let round = 0; round < rounds; round++) {
  meet();
  const held = holdFile(path);
  meet();
  held?.release();
  parentPort?.postMessage(held !== undefined);
}
