/** What the sightings of one attribute say. */
export interface Verdict {
  falsePositives: number;
  /** Sightings by which somebody says that it was rightly seen. */
  trueOnes: number;
}

/** By UUID of the attribute. */
export type Verdicts = ReadonlyMap<string, Readonly<Verdict>>;
