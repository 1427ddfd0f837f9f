import type { Logger } from '@misp-pipeline/core';
import type { Verdict } from '@misp-pipeline/lookup';
import type { ServedAnswer } from '../answering.ts';
import type { ServeMetrics } from './metrics.ts';

/** Who asked, and where. */
export interface Asked {
  /** Name of the token; undefined where none was needed or known. */
  readonly token: string | undefined;
  readonly address: string;
  /** Such as `GET /lookup`. */
  readonly route: string;
}

/** How the answers to one request came out. */
export class Tally {
  readonly #verdicts = new Map<Verdict, number>();

  add(answers: readonly ServedAnswer[]): void {
    for (const { verdict } of answers) this.#verdicts.set(verdict, (this.#verdicts.get(verdict) ?? 0) + 1);
  }

  get verdicts(): ReadonlyMap<Verdict, number> {
    return this.#verdicts;
  }

  get values(): number {
    return [...this.#verdicts.values()].reduce((sum, count) => sum + count, 0);
  }
}

/** Writes down who looked up how much. What was looked up is written down only when the config says so. */
export class Audit {
  readonly #logger: Logger;
  readonly #hasValues: boolean;
  readonly #metrics: ServeMetrics;

  constructor(logger: Logger, hasValues: boolean, metrics: ServeMetrics) {
    this.#logger = logger.child({ audit: true });
    this.#hasValues = hasValues;
    this.#metrics = metrics;
  }

  /** Some answers of a request, before they are sent. */
  answers(asked: Asked, answers: readonly ServedAnswer[]): void {
    if (!this.#hasValues) return;
    const looked = answers.map(({ value, verdict }) => ({ value, verdict }));
    this.#logger.info({ ...asked, looked }, `${nameOf(asked)} looks up ${looked.length} values`);
  }

  /** A request that has ended, also when its client went away. */
  request(asked: Asked, code: number, { values, verdicts }: Tally): void {
    for (const [verdict, count] of verdicts) this.#metrics.lookups(verdict, count);
    const counts = Object.fromEntries(verdicts);
    this.#logger.info(
      { ...asked, code, values, verdicts: counts },
      `${nameOf(asked)}: ${asked.route} ${code}, ${values} values`,
    );
  }

  refused(asked: Asked): void {
    this.#metrics.refusedToken();
    this.#logger.warn(asked, `${asked.address} has no token that is known`);
  }
}

function nameOf({ token, address }: Asked): string {
  return token ?? address;
}
