import { setTimeout as sleep } from 'node:timers/promises';
import { explained, HttpError } from '@misp-pipeline/misp';
import type { Outbox, Uncertain } from './outbox.ts';
import type { Pace } from './pace.ts';
import { type Reporter, reportOf, type Sighting } from './sighting.ts';
import { RefusedSighting, type SightingApi } from './sighting-api.ts';

export interface PosterOptions {
  /** Id of the MISP source. */
  readonly server: string;
  readonly api: SightingApi;
  readonly outbox: Outbox;
  readonly reporter: Reporter;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  /** Unix seconds. */
  readonly now: () => number;
  /** Seconds after the end of an hour in which its alerts may still come. */
  readonly grace: number;
  /** Seconds that a server may need for a request whose answer nobody saw. */
  readonly settle: number;
}

/** What a round of posting did. */
export interface PostReport {
  posted: number;
  /** Sightings that were perhaps sent, and that the server was found to have. */
  confirmed: number;
  readonly refused: Map<string, number>;
  /** Why the round ended before its time. */
  fault: HttpError | undefined;
}

/** Sightings that are taken from the outbox at once. */
const BATCH = 200;
/** Failures in a row after which the server is left alone. */
const MOST_FAILURES = 3;

/**
 * Posts what is due to one server, each sighting once. Before a request it is noted that it is about to be sent; when
 * nobody saw the answer, because it or this program broke off, the server is asked whether it has the sighting before it
 * is sent again.
 */
export class Poster {
  readonly #options: PosterOptions;
  #failures = 0;

  constructor(options: PosterOptions) {
    this.#options = options;
  }

  /** Requests so far. */
  get requests(): number {
    return this.#options.api.requests;
  }

  /** Posts until nothing is due, the server fails, or the signal aborts. */
  async round(): Promise<PostReport> {
    const report: PostReport = { posted: 0, confirmed: 0, refused: new Map(), fault: undefined };
    const { outbox, server, now, grace, signal } = this.#options;
    this.#failures = 0;
    try {
      await this.#settleUncertain(report);
      for (;;) {
        const due = outbox.due(server, now() - grace, BATCH);
        if (due.length === 0) return report;
        for (const sighting of due) await this.#post(sighting, report);
        await this.#settleUncertain(report);
      }
    } catch (error) {
      if (signal.aborted) return report;
      if (!(error instanceof HttpError)) throw error;
      report.fault = error;
      return report;
    }
  }

  async #post(sighting: Sighting, report: PostReport): Promise<void> {
    const { api, outbox, reporter, now, pace, signal } = this.#options;
    await pace.turn(signal);
    outbox.sending(sighting, now());
    try {
      await api.add(reportOf(sighting, reporter));
      outbox.posted(sighting, now());
      report.posted++;
      this.#failures = 0;
    } catch (error) {
      if (error instanceof RefusedSighting) this.#refuse(sighting, error.message, report);
      else if (error instanceof HttpError) await this.#failed(sighting, error, report);
      else throw error;
    }
  }

  #refuse(sighting: Sighting, reason: string, { refused }: PostReport): void {
    this.#options.outbox.refused(sighting, this.#options.now(), reason);
    refused.set(reason, (refused.get(reason) ?? 0) + 1);
  }

  /** What a failure leaves of a sighting. Throws when the others would fail as well. */
  async #failed(sighting: Sighting, error: HttpError, report: PostReport): Promise<void> {
    const { outbox, signal } = this.#options;
    if (error.kind === 'missing' || error.kind === 'rejected') return this.#refuse(sighting, explained(error), report);
    const isUncertain = error.kind === 'failed' || error.kind === 'invalid' || error.kind === 'too-large';
    if (!isUncertain) outbox.waits(sighting);
    if (++this.#failures >= MOST_FAILURES || !(isUncertain || error.kind === 'busy')) throw error;
    if (error.kind === 'busy') await sleep((error.waitSeconds ?? this.#options.settle) * 1000, undefined, { signal });
  }

  /** Asks for what was perhaps sent. A server gets time to finish a request that it may still be working on. */
  async #settleUncertain(report: PostReport): Promise<void> {
    const { outbox, server } = this.#options;
    for (const sighting of outbox.uncertain(server)) await this.#settle(sighting, report);
  }

  async #settle(sighting: Uncertain, report: PostReport): Promise<void> {
    const { api, outbox, reporter, now, pace, signal, settle } = this.#options;
    const wait = sighting.sent + settle - now();
    if (wait > 0) await sleep(wait * 1000, undefined, { signal });
    await pace.turn(signal);
    if (await api.has(reportOf(sighting, reporter))) {
      outbox.posted(sighting, now());
      report.confirmed++;
    } else outbox.waits(sighting);
  }
}
