/** How quickly questions were answered. */
export interface Rate {
  /** Questions a second. */
  readonly rate: number;
  /** Milliseconds of a call, which asks one question or a batch of them: the median, and what 1 in 100 exceeds. */
  readonly p50: number;
  readonly p99: number;
}

const SECONDS = 5;

/** Has some callers ask, each again when it was answered, for a few seconds. `ask` gets a number that is new with each call. */
export async function askFor(
  size: number,
  callers: number,
  ask: (size: number, at: number) => Promise<unknown>,
): Promise<Rate> {
  const times: number[] = [];
  let at = 0;
  const start = performance.now();
  const caller = async () => {
    while (performance.now() - start < SECONDS * 1000) {
      const asked = performance.now();
      at += size;
      await ask(size, at);
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const took = (performance.now() - start) / 1000;
  times.sort((a, b) => a - b);
  const share = (part: number) => times[Math.floor(times.length * part)] ?? 0;
  return { rate: (times.length * size) / took, p50: share(0.5), p99: share(0.99) };
}
