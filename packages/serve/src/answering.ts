import { type Logger, messageOf } from '@misp-pipeline/core';
import {
  type Answer,
  answerFor,
  type Ceiling,
  type LookupIndex,
  type Query,
  type Reading,
  readIndex,
} from '@misp-pipeline/lookup';
import { Problem } from './wire/problem.ts';

/** An answer as it is sent. */
export interface ServedAnswer extends Answer {
  /** Whether more is known than is listed. */
  readonly shortened: boolean;
  /** Whether another index had to answer for the one that was meant to. */
  readonly degraded: boolean;
}

/** Reads a value that a person typed, as `candidatesOf` of the MISP package does. */
export type ReadingsOf = (value: string) => readonly Query[];

/** Values that the index is asked for at once. */
export const QUESTIONS = 100;

/** Answers from an index what a caller may know. */
export class Answering {
  readonly #index: LookupIndex;
  readonly #readingsOf: ReadingsOf;
  readonly #details: number;
  readonly #logger: Logger;

  constructor(index: LookupIndex, readingsOf: ReadingsOf, details: number, logger: Logger) {
    this.#index = index;
    this.#readingsOf = readingsOf;
    this.#details = details;
    this.#logger = logger;
  }

  /** In the order of the values. Throws a {@link Problem} when the index cannot be asked. */
  async answersTo(values: readonly string[], ceiling: Ceiling): Promise<readonly ServedAnswer[]> {
    const readings = values.map(this.#readingsOf);
    const { matches, degraded } = await this.#read(readings);
    return values.map((value, i) => {
      const answer = answerFor(value, readings[i] ?? [], matches[i] ?? [], ceiling);
      return { ...shortened(answer, this.#details), degraded };
    });
  }

  async #read(readings: readonly (readonly Query[])[]): Promise<Pick<Reading, 'matches' | 'degraded'>> {
    try {
      return await readIndex(this.#index, readings);
    } catch (error) {
      this.#logger.error(`the index cannot be asked: ${messageOf(error)}`);
      throw new Problem(503, 'the index cannot be asked', 'Try again later; the log of the service says why.', error);
    }
  }
}

/** Lists no more than `most` indicators, and origins and artefacts of each. */
function shortened(answer: Answer, most: number): Omit<ServedAnswer, 'degraded'> {
  const isShort = ({ length }: readonly unknown[]) => length <= most;
  const isComplete =
    isShort(answer.indicators) &&
    answer.indicators.every(({ origins, artefacts }) => isShort(origins) && isShort(artefacts));
  if (isComplete) return { ...answer, shortened: false };
  const indicators = answer.indicators.slice(0, most).map((one) => ({
    ...one,
    artefacts: one.artefacts.slice(0, most),
    origins: one.origins.slice(0, most),
  }));
  return { ...answer, indicators, shortened: true };
}
