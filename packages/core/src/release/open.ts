import { History } from '../history/history.ts';
import type { Logger } from '../logger.ts';
import { recover } from './recover.ts';

/** Opens the history for whoever holds the lock of the state folder, and finishes what was cut short. */
export function openWritable(state: string, logger: Logger, now: Date): History {
  const history = new History(state);
  try {
    recover(history, state, logger, now);
    return history;
  } catch (error) {
    history.close();
    throw error;
  }
}
