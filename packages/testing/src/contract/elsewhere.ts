const YEARS = 5 * 365 * 86_400_000;

/**
 * Runs something as on another machine: years later by the system clock, in another time zone. It changes what belongs
 * to the whole process, so nothing else may run meanwhile.
 */
export async function elsewhere<T>(run: () => Promise<T>): Promise<T> {
  const { Date: here } = globalThis;
  const zone = process.env.TZ;
  class LaterDate extends here {
    constructor(...given: [] | [number]) {
      super(...(given.length === 0 ? ([LaterDate.now()] as const) : given));
    }
    static override now(): number {
      return here.now() + YEARS;
    }
  }
  globalThis.Date = LaterDate as DateConstructor;
  process.env.TZ = 'Pacific/Kiritimati';
  try {
    return await run();
  } finally {
    globalThis.Date = here;
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
}
