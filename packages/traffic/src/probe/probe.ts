import type { Listed } from '../listed.ts';
import type { Scene } from '../scene/scene.ts';

/** In what a probe differs from the plainest way to show the indicator. */
export type Aspect =
  /** Not at all. */
  | 'plain'
  /** Upper and lower case. */
  | 'case'
  /** A name below a domain. */
  | 'below'
  /** A name above a host name. */
  | 'above'
  /** More in front of the value or behind it. */
  | 'longer'
  /** One byte of the value. */
  | 'changed'
  /** Another value of the kind, such as the neighbouring address. */
  | 'other'
  /** TCP instead of UDP, or the like. */
  | 'transport'
  | 'port'
  | 'direction'
  /** Through a proxy. */
  | 'proxy'
  /** A query where the indicator has none, or the other way round. */
  | 'query'
  /** The value where it means something else, such as in a Referer. */
  | 'place';

/** One conversation that must, or must not, trigger a detection. */
export interface Probe extends Scene {
  readonly mustFire: boolean;
  /** So that an engine can leave out what it does not tell apart. */
  readonly aspect: Aspect;
  /** What the client's address must not be. */
  readonly listed: Listed;
}

/** Makes the probes of one indicator. */
export class Probes {
  readonly list: Probe[] = [];
  readonly listed: Listed;

  constructor(listed: Listed) {
    this.listed = listed;
  }

  hit(aspect: Aspect, ...scenes: readonly Scene[]): void {
    this.#add(true, aspect, scenes);
  }

  miss(aspect: Aspect, ...scenes: readonly Scene[]): void {
    this.#add(false, aspect, scenes);
  }

  #add(mustFire: boolean, aspect: Aspect, scenes: readonly Scene[]): void {
    for (const { what, protocol, conversation } of scenes) {
      this.list.push({ what, protocol, conversation, mustFire, aspect, listed: this.listed });
    }
  }
}
