import {
  type Batch,
  type Drop,
  type Filter,
  type Indicator,
  inject,
  injectable,
  Options,
  pipelineError,
  Services,
  type StageServices,
} from '@misp-pipeline/core';
import { connect, explained, HttpError, type HttpFailure } from '@misp-pipeline/misp';
import { Copy } from './copy.ts';
import type { SightingsOptions } from './options.ts';
import { readSightings } from './read-sightings.ts';
import type { Verdict, Verdicts } from './verdicts.ts';

/** Failures that may pass by themselves, so that the copy may stand in. The others want somebody to act. */
const MAY_PASS = new Set<HttpFailure>(['busy', 'failed', 'unreachable', 'redirected', 'invalid']);

/**
 * Drops what more people called a false positive than called it rightly seen, and tags what is doubtful. Attributes are
 * told apart: the same value in another event, of which nobody complained, goes on.
 */
@injectable()
export class SightingsFilter implements Filter {
  readonly #options: SightingsOptions;
  readonly #services: StageServices;
  readonly #copy: Copy;
  #verdicts: Verdicts = new Map();

  constructor(@inject(Options) options: SightingsOptions, @inject(Services) services: StageServices) {
    this.#options = options;
    this.#services = services;
    this.#copy = new Copy(services.stateDir);
  }

  async open(signal: AbortSignal): Promise<void> {
    const { replay } = this.#services;
    this.#verdicts = replay ? ((await this.#copy.read()) ?? new Map()) : await this.#refresh(signal);
  }

  async #refresh(signal: AbortSignal): Promise<Verdicts> {
    const { logger } = this.#services;
    const client = await connect(this.#options.source, logger);
    try {
      const verdicts = await readSightings(client, this.#options, signal);
      await this.#copy.write(verdicts);
      logger.info({ attributes: verdicts.size }, 'attributes that somebody called a false positive');
      return verdicts;
    } catch (error) {
      if (error instanceof HttpError) return this.#copyAfter(error);
      throw error;
    }
  }

  /** What was read last, if the failure may pass by itself. */
  async #copyAfter(error: HttpError): Promise<Verdicts> {
    const context = { source: this.#services.id, why: explained(error) };
    const copy = MAY_PASS.has(error.kind) ? await this.#copy.read() : undefined;
    if (copy === undefined)
      throw pipelineError(error.kind === 'refused' ? 'SOURCE_REFUSED' : 'SOURCE_UNREACHABLE', context);
    this.#services.logger.warn(`${context.why}; the sightings of an earlier run stand in`);
    return copy;
  }

  apply(batch: Batch, drop: Drop): Batch {
    if (this.#verdicts.size === 0) return batch;
    return batch.flatMap((indicator) => this.#judge(indicator, drop));
  }

  /** The indicator, a copy with the tag, or nothing when it was dropped. */
  #judge(indicator: Indicator, drop: Drop): readonly Indicator[] {
    const { dropFrom, tag } = this.#options;
    const worst = indicator.origins.map(({ attribute }) => this.#verdicts.get(attribute)).sort(byBalance)[0];
    const balance = balanceOf(worst);
    if (worst !== undefined && balance >= dropFrom) {
      drop(indicator, 'sightings:false-positive', `${worst.falsePositives} false positives, ${worst.trueOnes} true`);
      return [];
    }
    if (balance <= 0 || indicator.tags.includes(tag)) return [indicator];
    return [{ ...indicator, tags: [...indicator.tags, tag].sort() }];
  }
}

/** False positives beyond the true ones. */
function balanceOf(verdict: Verdict | undefined): number {
  return verdict === undefined ? 0 : verdict.falsePositives - verdict.trueOnes;
}

function byBalance(a: Verdict | undefined, b: Verdict | undefined): number {
  return balanceOf(b) - balanceOf(a);
}
