import { type Indicator, indicatorKey } from '@misp-pipeline/core';
import type { Stopped } from '../known.ts';

/** One indicator of one attribute, and what filters decided of it. */
export interface Journey {
  /** As the last filter that every indicator passes has let it go on, with what it added. */
  indicator: Indicator;
  stopped: Stopped | undefined;
  /** By exporter, where filters of its own stopped it. */
  readonly stoppedFor: Map<string, Stopped>;
}

/** The indicators of the batch that is on its way through the filters. */
export class Journeys {
  readonly #byOrigin = new Map<string, Journey>();

  begin(indicator: Indicator): void {
    this.#byOrigin.set(keyOf(indicator), { indicator, stopped: undefined, stoppedFor: new Map() });
  }

  of(indicator: Indicator): Journey | undefined {
    return this.#byOrigin.get(keyOf(indicator));
  }

  /** Hands over all of them and forgets them. */
  *end(): Generator<Journey> {
    yield* this.#byOrigin.values();
    this.clear();
  }

  clear(): void {
    this.#byOrigin.clear();
  }
}

/** Before collect each indicator has one origin, so the attribute tells journeys of the same value apart. */
function keyOf(indicator: Indicator): string {
  const origin = indicator.origins[0];
  return `${indicatorKey(indicator)} ${origin?.source} ${origin?.event.uuid} ${origin?.attribute}`;
}
