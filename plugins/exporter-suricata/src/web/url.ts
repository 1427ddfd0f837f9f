import type { Indicator } from '@misp-pipeline/core';

/** A URL and what of it the engine sees. */
export interface Url {
  readonly indicator: Indicator;
  readonly host: string;
  readonly port: number | undefined;
  /** Path and query. */
  readonly target: string;
}
