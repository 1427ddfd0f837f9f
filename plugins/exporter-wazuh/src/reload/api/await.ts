import type { WazuhApi } from './client.ts';

/** Seconds between two questions. */
const INTERVAL = 2;

/** Asks again and again until the answer is yes; false when it is not after `seconds`, whatever each question takes. */
export async function awaited(api: WazuhApi, seconds: number, isDone: () => Promise<boolean>): Promise<boolean> {
  for (let asked = 0; asked <= seconds; asked += INTERVAL) {
    if (await isDone()) return true;
    await api.sleep(INTERVAL);
  }
  return false;
}
