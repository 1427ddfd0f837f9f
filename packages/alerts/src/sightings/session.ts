import { setTimeout as sleep } from 'node:timers/promises';
import { ReasonCounter } from '@misp-pipeline/core';
import type { HttpError } from '@misp-pipeline/misp';
import type { Lines } from '../stream/lines.ts';
import type { Collector } from './collector.ts';
import type { Counts } from './counts.ts';
import type { Outbox } from './outbox.ts';
import type { Poster } from './poster.ts';

export interface SessionOptions {
  readonly stream: AsyncIterable<Lines>;
  readonly collector: Collector;
  readonly outbox: Outbox;
  /** One for each server that is told; none in a dry run. */
  readonly posters: readonly Poster[];
  readonly signal: AbortSignal;
  /** Unix seconds. */
  readonly now: () => number;
  /** Called when a server could not be told; what it was to be told waits. */
  readonly onFault: (fault: HttpError) => void;
}

/** What a session did. */
export interface SightingsReport extends Counts {
  readonly posted: number;
  /** Sightings that were found to be on the server, after a request that broke off. */
  readonly confirmed: number;
  readonly refused: ReasonCounter;
  /** Requests that were sent. */
  readonly requests: number;
  /** Sightings that wait: for the end of their hour, or for their server. */
  readonly waiting: number;
}

export interface Session {
  readonly report: SightingsReport;
  /** The last failure of a server that ended a round. */
  readonly fault: HttpError | undefined;
}

/** Seconds between two rounds of posting while a stream is followed. */
const ROUND = 60;
/** Seconds for which it is remembered what was posted. */
const MEMORY = 90 * 24 * 3600;

/** Reads a stream of alerts to its end and posts what is due, round by round while the stream goes on. */
export async function runSession(options: SessionOptions): Promise<Session> {
  const { collector, outbox, posters, signal, now, onFault } = options;
  const totals = { posted: 0, confirmed: 0, refused: new ReasonCounter() };
  let fault: HttpError | undefined;
  const round = async () => {
    collector.keep();
    for (const poster of posters) {
      const done = await poster.round();
      totals.posted += done.posted;
      totals.confirmed += done.confirmed;
      for (const [reason, count] of done.refused) totals.refused.add(reason, count);
      if (done.fault !== undefined) onFault(done.fault);
      fault = done.fault ?? fault;
    }
  };
  const ended = new AbortController();
  const rounds = posters.length === 0 ? undefined : everySoOften(round, AbortSignal.any([signal, ended.signal]));
  try {
    await collector.collect(options.stream);
  } finally {
    ended.abort();
    await rounds;
  }
  if (!signal.aborted) await round();
  if (posters.length > 0) outbox.forget(now() - MEMORY);
  const requests = posters.reduce((sum, poster) => sum + poster.requests, 0);
  return { report: { ...collector.counts, ...totals, requests, waiting: outbox.waiting }, fault };
}

async function everySoOften(round: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (await passes(ROUND, signal)) await round();
}

/** Whether the time passes before the signal aborts. */
async function passes(seconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(seconds * 1000, undefined, { signal });
    return true;
  } catch {
    return false; // The signal.
  }
}
