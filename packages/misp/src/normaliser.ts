import type { Indicator, Intake } from '@misp-pipeline/core';

/** What a source takes of what it reads. */
export interface NormaliserOptions {
  /** Id of the source in the config. */
  readonly source: string;
  /** True: only attributes that are marked for detection (`to_ids`). */
  readonly toIds: boolean;
  /** True: only published events; a missing flag counts as published. */
  readonly published: boolean;
  /** MISP types to take; undefined takes all that can be detected. */
  readonly types?: ReadonlySet<string> | undefined;
  /** Where a person can read an event, if the source knows. */
  readonly eventLink?: (event: { uuid: string; id: string | undefined }) => string | undefined;
}

/** Turns MISP attributes into indicators. */
export class Normaliser {
  readonly #options: NormaliserOptions;
  readonly #intake: Intake;

  constructor(options: NormaliserOptions, intake: Intake) {
    this.#options = options;
    this.#intake = intake;
  }

  /**
   * All attributes (also inside objects) of one event document in any shape: `{Event}`, `{response: [..]}`, a bare
   * event, a list. `place` is its URL or path.
   */
  addDocument(_document: unknown, place: string, _into: Indicator[]): void {
    this.#intake.problem({ message: `not an event (${this.#options.source})`, place });
  }

  /** One attribute as attributes/restSearch answers it, with its embedded `Event`, `Tag` and `Object`. */
  addAttribute(_attribute: unknown, _into: Indicator[]): void {
    this.#intake.read(1);
  }
}
