import type { Published, ReloadReport } from '@misp-pipeline/core';
import { Control, Misbehaviour } from './control.ts';
import { Conversation } from './conversation.ts';
import type { SuricataReload } from './options.ts';

/**
 * Tells a running engine of what is live, and compares what it says it runs with the files. An engine that does not answer
 * as it should is a report that is not confirmed; throws when nobody listens on the socket.
 */
export async function reloadSensor(
  published: Published,
  options: SuricataReload,
  signal: AbortSignal,
): Promise<ReloadReport> {
  const conversation = new Conversation(published, options);
  let control: Control | undefined;
  try {
    control = await Control.open(options.socket, options.timeout, signal);
    return await conversation.hold(control);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Misbehaviour)) throw error;
    return conversation.brokenOff(error);
  } finally {
    control?.close();
  }
}
