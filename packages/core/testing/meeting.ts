/** What threads that do something at once share: two numbers of 32 bits, how many wait, and how often all have met. */
export const meetingPoint = (): SharedArrayBuffer => new SharedArrayBuffer(8);

const [WAITING, MET] = [0, 1];

/** Gives a function that returns when every thread has called its own. */
export function meeting(shared: SharedArrayBuffer, threads: number): () => void {
  const state = new Int32Array(shared);
  return () => {
    const met = Atomics.load(state, MET);
    if (Atomics.add(state, WAITING, 1) < threads - 1) {
      // The notification may still be the one of the meeting before.
      while (Atomics.load(state, MET) === met) Atomics.wait(state, MET, met);
      return;
    }
    Atomics.store(state, WAITING, 0);
    Atomics.add(state, MET, 1);
    Atomics.notify(state, MET);
  };
}
