import type { Intake, SourceProblem } from '@misp-pipeline/core';

/** A feed may list a million events that do not exist; their number says as much as their names. */
const MOST_NAMED = 100;

/** What could not be had of a feed: counted in full, named in the report up to a limit. */
export class Gaps {
  readonly #intake: Intake;
  #count = 0;
  #last: SourceProblem | undefined;

  constructor(intake: Intake) {
    this.#intake = intake;
  }

  get count(): number {
    return this.#count;
  }

  /** The latest gap, as the end of a sentence; empty when there is none. */
  get example(): string {
    return this.#last === undefined ? '' : `, such as \`${this.#last.place}\`: ${this.#last.message}`;
  }

  add(problem: SourceProblem): void {
    this.#count++;
    this.#last = problem;
    if (this.#count <= MOST_NAMED) this.#intake.problem(problem);
  }

  /** Call once after the last gap. */
  close(): void {
    const more = this.#count - MOST_NAMED;
    if (more > 0 && this.#last) this.#intake.problem({ ...this.#last, message: `and ${more} more like this` });
  }
}
