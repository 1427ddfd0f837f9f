import type { LookupIndex, Match, Query } from '@misp-pipeline/lookup';

/** A question to the index. */
export interface Question {
  /** The same for the same readings. */
  readonly key: string;
  /** Called when the answer is not remembered: reading a value takes longer than everything else. */
  readonly readings: () => readonly Query[];
}

/** Answers of an index, which hold as long as its snapshot does. */
export class Remembered<Asked extends Question, Answer> {
  readonly #index: LookupIndex;
  readonly #most: number;
  readonly #answerOf: (question: Asked, readings: readonly Query[], matches: readonly Match[]) => Answer;
  readonly #answers = new Map<string, Answer>();
  #snapshot = '';

  /** @param most beyond so many answers all are forgotten. */
  constructor(
    index: LookupIndex,
    most: number,
    answerOf: (question: Asked, readings: readonly Query[], matches: readonly Match[]) => Answer,
  ) {
    this.#index = index;
    this.#most = most;
    this.#answerOf = answerOf;
  }

  /** Asks the index what is not remembered. */
  async learn(questions: readonly Asked[]): Promise<void> {
    const { id } = await this.#index.snapshot();
    if (id !== this.#snapshot || this.#answers.size > this.#most) this.#answers.clear();
    this.#snapshot = id;
    const unknown = new Map<string, Asked>();
    for (const question of questions) if (!this.#answers.has(question.key)) unknown.set(question.key, question);
    if (unknown.size === 0) return;
    const readings = [...unknown.values()].map((question) => question.readings());
    const found = await this.#index.find(readings);
    for (const [i, question] of [...unknown.values()].entries())
      this.#answers.set(question.key, this.#answerOf(question, readings[i] ?? [], found[i] ?? []));
  }

  /** The answer to what was learned; undefined for anything else. */
  of({ key }: Question): Answer | undefined {
    return this.#answers.get(key);
  }
}
