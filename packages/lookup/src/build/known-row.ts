import type { IdentityRow, IndicatorRow, OriginRow, PlaceRow } from '../sqlite/index-file.ts';
import type { Remark } from './spool.ts';

/** Puts together what a run said of one indicator, in the order in which it was said. */
export class KnownRow {
  readonly #id: IdentityRow;
  readonly #origins = new Map<string, OriginRow>();
  readonly #places = new Map<string, PlaceRow>();

  constructor(id: IdentityRow) {
    this.#id = id;
  }

  is({ value, kind, direction, port }: IdentityRow): boolean {
    const id = this.#id;
    return id.value === value && id.kind === kind && id.direction === direction && id.port === port;
  }

  /** An attribute that was handed on twice is one origin, a place that was named twice is one place. */
  add(remark: Remark): void {
    if ('origin' in remark) {
      const [shared, attribute] = remark.origin;
      this.#origins.set(`${shared} ${attribute}`, remark.origin);
    } else {
      for (const place of remark.places) this.#places.set(place.join(' '), place);
    }
  }

  /** Undefined when no source handed it on. */
  row(): IndicatorRow | undefined {
    if (this.#origins.size === 0) return undefined;
    return {
      ...this.#id,
      origins: JSON.stringify([...this.#origins.values()]),
      artefacts: JSON.stringify([...this.#places.values()]),
    };
  }
}
