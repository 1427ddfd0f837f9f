import { type AnsweredIndicator, answerFor, type Ceiling, type LookupIndex } from '@misp-pipeline/lookup';
import type { Observed } from '../alert.ts';
import { fits, readingsOf } from '../observed.ts';
import { type Question, Remembered } from '../remembered.ts';
import type { Hit } from './annotation.ts';

export interface KnowledgeOptions {
  readonly index: LookupIndex;
  /** Attributes above it have no influence on anything that is told. */
  readonly ceiling: Ceiling;
  /** Whether indicators are told of that the filters stopped. */
  readonly dropped: boolean;
}

interface ValueQuestion extends Question {
  readonly observed: Observed;
}

/** Most values whose answers are remembered. */
const REMEMBERED = 10_000;

/** What the index knows of values that were observed, as far as it may be told. */
export class Knowledge {
  readonly #answers: Remembered<ValueQuestion, readonly AnsweredIndicator[]>;

  constructor({ index, ceiling, dropped }: KnowledgeOptions) {
    this.#answers = new Remembered(index, REMEMBERED, ({ observed }, readings, matches) =>
      answerFor(observed.value, readings, matches, ceiling).indicators.filter(
        ({ verdict }) => dropped || verdict !== 'dropped',
      ),
    );
  }

  /** For each list of values, the indicators that cover them. */
  async hits(lists: readonly (readonly Observed[])[]): Promise<readonly (readonly Hit[])[]> {
    const questions = lists.map((list) => list.map(questionOf));
    await this.#answers.learn(questions.flat());
    return questions.map((asked) => asked.flatMap((question) => this.#hits(question)));
  }

  #hits(question: ValueQuestion): readonly Hit[] {
    const { observed } = question;
    const indicators = this.#answers.of(question) ?? [];
    return indicators.filter((indicator) => fits(indicator, observed)).map((indicator) => ({ observed, indicator }));
  }
}

function questionOf(observed: Observed): ValueQuestion {
  return { key: `${observed.sight} ${observed.value}`, readings: () => readingsOf(observed), observed };
}
