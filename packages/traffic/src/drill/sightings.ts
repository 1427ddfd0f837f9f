import { canonicalIp } from '@misp-pipeline/core';

const NOTHING: ReadonlySet<string> = new Set();

/** Which detections fired on whose traffic. */
export class Sightings {
  readonly #byAddress = new Map<string, Set<string>>();

  /** Notes a detection that fired on traffic between two addresses. */
  add(detection: string, ...ends: readonly string[]): void {
    for (const end of ends) {
      const address = canonicalIp(end)?.value ?? end;
      const known = this.#byAddress.get(address);
      if (known === undefined) this.#byAddress.set(address, new Set([detection]));
      else known.add(detection);
    }
  }

  /** Detections that fired on traffic of an address. */
  of(address: string): ReadonlySet<string> {
    return this.#byAddress.get(address) ?? NOTHING;
  }
}
