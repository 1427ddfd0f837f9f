import { setTimeout as wait } from 'node:timers/promises';
import type { Logger, NotifyOptions, PipelineConfig } from '@misp-pipeline/core';
import { masking } from '../metrics/masking.ts';
import type { OperationStore } from '../metrics/operation-store.ts';
import type { Outcome } from '../metrics/outcome.ts';
import { noticeDocument } from './document.ts';
import { type Notice, noticesOf, stillTold } from './notice.ts';
import { postOnce } from './webhook.ts';

/** Milliseconds before the second attempt, and before the third. */
const PAUSES = [1000, 5000];

export interface AnnounceOptions {
  readonly store: OperationStore;
  readonly logger: Logger;
  readonly runId: string;
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly pauses?: readonly number[];
}

/** Tells whom the config names what there is to tell after a run. What does not arrive is logged, and told after the next run. */
export async function announce(
  config: Pick<PipelineConfig, 'name' | 'notify' | 'secrets'>,
  outcome: Outcome,
  options: AnnounceOptions,
): Promise<void> {
  const { notify, name, secrets } = config;
  const { store, runId, now } = options;
  if (notify === undefined) return;
  const told = stillTold(outcome, store.read().told);
  const memory = { ...told };
  for (const notice of noticesOf(outcome, told)) {
    const isWanted = notify.on.includes(notice.event);
    const document = noticeDocument(notice, { pipeline: name, runId, time: now }, masking(secrets));
    if (!isWanted || (await arrives(document, notice, notify, options))) Object.assign(memory, notice.remember);
  }
  store.update((state) => ({ ...state, told: memory }));
}

async function arrives(
  document: string,
  { event }: Notice,
  notify: NotifyOptions,
  { logger, signal, pauses = PAUSES }: AnnounceOptions,
): Promise<boolean> {
  for (let attempt = 0; ; attempt++) {
    const failure = await postOnce(document, notify, signal);
    if (failure === undefined) return true;
    const pause = failure.mayPass ? pauses[attempt] : undefined;
    if (pause === undefined) {
      logger.warn({ event, attempts: attempt + 1 }, `the webhook did not take the notice: ${failure.why}`);
      return false;
    }
    // When the program is told to end meanwhile, the next attempt says so.
    await wait(pause, undefined, { signal }).catch(() => undefined);
  }
}
