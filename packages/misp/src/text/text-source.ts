import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  BATCH_SIZE,
  type Batch,
  type Indicator,
  type Intake,
  messageOf,
  pipelineError,
  type Source,
  type StageServices,
} from '@misp-pipeline/core';
import { secretsOfUrl, shownUrl } from '../admin/shown-url.ts';
import { readConfirmation, writeConfirmation } from '../feed/confirmation.ts';
import { feedClient, feedStateDir, isAddress } from '../feed/feed-access.ts';
import { readBoundedFile } from '../feed/read-file.ts';
import { ShrinkGuard } from '../feed/shrink-guard.ts';
import { HttpError } from '../rest/http-error.ts';
import type { Entry, TextReader } from './entry.ts';
import { fetchText } from './fetch-text.ts';
import { maskedLogger } from './masked-logger.ts';
import { TextEvent } from './text-event.ts';
import { type MirroredText, TextMirror } from './text-mirror.ts';
import type { TextOptions } from './text-options.ts';
import { utf8Of } from './utf8.ts';

/** After so many entries the run looks whether it is to stop. */
const ENTRIES_A_TURN = 1000;

/** A text that was opened. */
interface OpenedText {
  readonly text: Buffer;
  /** When the origin last confirmed it; undefined when nobody knows. */
  readonly asOf: Date | undefined;
  /** Keeps the text for the next run; called once it was read and accepted. */
  readonly settle: () => Promise<void>;
}

/** Reads one text, in place or by way of a mirror, and makes one event of it. */
export class TextSource implements Source {
  readonly #options: TextOptions;
  readonly #services: StageServices;
  readonly #reader: TextReader;

  /** `reader` knows what the text looks like; an Error that it throws says why the text cannot be used. */
  constructor(options: TextOptions, services: StageServices, reader: TextReader) {
    this.#options = options;
    this.#services = services;
    this.#reader = reader;
  }

  async *read(signal: AbortSignal, intake: Intake): AsyncGenerator<Batch> {
    const { url, name, maxShrink } = this.#options;
    const { id: source, stateDir } = this.#services;
    const dir = await feedStateDir(stateDir, url);
    const guard = await ShrinkGuard.open(dir, { source, unit: 'values', maxShrink });
    const { text, asOf, settle } = await this.#open(dir, intake, signal);
    if (asOf !== undefined) intake.asOf(asOf);
    const place = isAddress(url) ? shownUrl(url) : basename(url);
    const event = new TextEvent({ ...this.#options, source, name: name ?? source, place }, intake);
    let batch: Indicator[] = [];
    let entries = 0;
    for (const entry of this.#entries(utf8Of(text))) {
      event.add(entry, batch);
      if (++entries % ENTRIES_A_TURN === 0) {
        await nextTurn();
        signal.throwIfAborted();
      }
      if (batch.length < BATCH_SIZE) continue;
      yield batch;
      signal.throwIfAborted();
      batch = [];
    }
    if (batch.length > 0) yield batch;
    signal.throwIfAborted();
    if (event.values === 0) intake.problem({ message: 'the text names no value', place });
    guard.check(event.values);
    if (this.#services.replay) return;
    await settle();
    await guard.accept(event.values);
  }

  *#entries(text: Buffer): Generator<Entry> {
    try {
      yield* this.#reader(text);
    } catch (error) {
      throw pipelineError('SOURCE_INCOMPLETE', { source: this.#services.id, why: messageOf(error) }, error);
    }
  }

  async #open(dir: string, intake: Intake, signal: AbortSignal): Promise<OpenedText> {
    const { url, maxBytes } = this.#options;
    signal.throwIfAborted();
    if (isAddress(url)) return this.#mirrored(new URL(url), dir, intake, signal);
    try {
      const text = await readBoundedFile(url, maxBytes);
      return { text, asOf: (await stat(url)).mtime, settle: async () => {} };
    } catch (error) {
      throw this.#unreachable(new Error(`\`${url}\`: ${messageOf(error)}`));
    }
  }

  async #mirrored(url: URL, dir: string, intake: Intake, signal: AbortSignal): Promise<OpenedText> {
    const { now, replay, full } = this.#services;
    const mirror = new TextMirror(dir);
    const known = await mirror.read();
    if (replay) {
      if (known === undefined) throw this.#unreachable(new Error('no earlier run has mirrored it'));
      return standIn(known, dir);
    }
    try {
      const logger = maskedLogger(this.#services.logger, (message) => this.#masked(message));
      const http = await feedClient(this.#options, logger);
      const fetched = await fetchText(http, url, full ? undefined : known, signal);
      const settle = async () => {
        if (fetched !== known) await mirror.write(fetched);
        await writeConfirmation(dir, now);
      };
      return { text: fetched.text, asOf: now, settle };
    } catch (error) {
      signal.throwIfAborted();
      if (known === undefined || this.#options.unreachable === 'fail') throw this.#unreachable(error);
      const message = `${this.#masked(messageOf(error))}; the text of the last run is used`;
      intake.problem({ message, place: shownUrl(url.href) });
      return standIn(known, dir);
    }
  }

  #unreachable(error: unknown) {
    const refused = error instanceof HttpError && error.kind === 'refused';
    const context = { source: this.#services.id, why: this.#masked(messageOf(error)) };
    // Without a cause, which would name the whole address.
    return pipelineError(refused ? 'SOURCE_REFUSED' : 'SOURCE_UNREACHABLE', context);
  }

  /** A message without the credentials that the query of the address may hold. */
  #masked(message: string): string {
    const { url } = this.#options;
    if (!isAddress(url)) return message;
    const shown = message.replaceAll(new URL(url).href, shownUrl(url));
    return secretsOfUrl(url).reduce((text, value) => text.replaceAll(value, '***'), shown);
  }
}

/** The text of an earlier run, with its age. */
async function standIn({ text }: MirroredText, dir: string): Promise<OpenedText> {
  return { text, asOf: await readConfirmation(dir), settle: async () => {} };
}
