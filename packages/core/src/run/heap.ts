import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes that the heap may grow before garbage is worth half a second per gigabyte. */
const GROWTH = 128 * 2 ** 20;

/**
 * Keeps large runs small. What reading and each exporter leave behind is garbage at once, but V8 lets a heap of a million
 * indicators double before it looks, and then a run takes half as much memory again as it needs.
 */
export class Heap {
  /** Bytes in use after the last collection. */
  #lowest = 0;

  /** Collects garbage when much may have come together; small runs never pay for it. */
  tidy(): void {
    const { heapUsed } = process.memoryUsage();
    if (heapUsed - this.#lowest < GROWTH) return;
    collectGarbage();
    this.#lowest = process.memoryUsage().heapUsed;
  }
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
}
