/** How often each reason was given. */
export class Reasons {
  readonly #counts = new Map<string, number>();

  add(reason: string, count = 1): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + count);
  }

  toJSON(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** What became of the lines of a stream. Each alert of ours is mapped or counted under a reason. */
export class Counts {
  lines = 0;
  /** Lines that were too long. */
  overlong = 0;
  malformed = 0;
  alerts = 0;
  /** Alerts of our rules. */
  ours = 0;
  /** Alerts of ours behind which attributes were found. */
  mapped = 0;
  /** Alerts of ours without an attribute: `host-only`, `not-in-index`, `filtered-out`, `from-the-future`. */
  readonly unmapped = new Reasons();
  /** Attributes in alerts whose source, which is named, takes no sightings. */
  readonly notReportable = new Reasons();
  /** Attributes in alerts that count for a sighting. */
  counted = 0;
  /** Attributes in alerts of an hour that had been posted. */
  late = 0;
  /** Sightings that were begun: attributes and hours. */
  sightings = 0;
}
