import { type Logger, messageOf } from '@misp-pipeline/core';

/** Does something for the account of runs. Where it fails, the log says what could not be done, and nothing else changes. */
export async function attempt(logger: Logger, what: string, action: () => Promise<void> | void): Promise<void> {
  try {
    await action();
  } catch (error) {
    logger.error(`${what}: ${messageOf(error)}`);
  }
}
