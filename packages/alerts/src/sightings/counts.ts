import { ReasonCounter } from '@misp-pipeline/core';

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
  /** Alerts of ours without an attribute, by {@link UnmappedReason}, or `from-the-future`. */
  readonly unmapped = new ReasonCounter();
  /** Attributes in alerts whose source, which is named, takes no sightings. */
  readonly notReportable = new ReasonCounter();
  /** Attributes in alerts that count for a sighting. */
  counted = 0;
  /** Attributes in alerts of an hour that had been posted. */
  late = 0;
  /** Sightings that were begun: attributes and hours. */
  sightings = 0;
}
