import { createHash } from 'node:crypto';

/** Seconds of an hour. */
export const HOUR = 3600;

/** An attribute in an hour. */
export interface Slot {
  /** Id of the MISP source to tell. */
  readonly server: string;
  /** UUID of the attribute. */
  readonly attribute: string;
  /** Beginning of the hour, in Unix seconds. */
  readonly hour: number;
}

/** Alerts of one attribute in one hour, which MISP is told of in one sighting. */
export interface Sighting extends Slot {
  /** 0, or the number of the increment for alerts that came when the hour had been posted. */
  readonly part: number;
  /** Alerts. */
  readonly count: number;
  /** When the last of them was raised, in Unix seconds. */
  readonly last: number;
}

/** What MISP is told. */
export interface Report {
  readonly attribute: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly source: string;
}

/** What is told besides the attribute: nothing but a name and the hour, or how many alerts and when the last one was, too. */
export type Privacy = 'strict' | 'counts';

export interface Reporter {
  /** What a person gave as name of the sender. */
  readonly name: string;
  readonly privacy: Privacy;
  /** Random text of this state folder; see {@link keyOf}. */
  readonly salt: string;
}

/**
 * What MISP is told of a sighting. `source` ends with a key by which the very same sighting is found again after a crash. It is
 * a digest of things that MISP knows and a random text that it does not, so that it tells nobody anything.
 */
export function reportOf(sighting: Sighting, { name, privacy, salt }: Reporter): Report {
  const { attribute, hour, count, last } = sighting;
  const key = keyOf(sighting, salt);
  return privacy === 'strict'
    ? { attribute, timestamp: hour, source: `${name} ${key}` }
    : { attribute, timestamp: last, source: `${name} ${key} (${count})` };
}

function keyOf({ server, attribute, hour, part }: Sighting, salt: string): string {
  return createHash('sha256').update(`${salt} ${server} ${attribute} ${hour} ${part}`).digest('hex').slice(0, 16);
}
