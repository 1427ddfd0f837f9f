import type { Direction, IndicatorKind } from '@misp-pipeline/core';
import type { PrefixLengths } from '../cover.ts';
import type { KnownArtefact, KnownOrigin, Snapshot } from '../known.ts';

/** Name of the index in its folder. It is replaced as a whole, never written to. */
export const INDEX_FILE = 'index.sqlite';

/**
 * `shared` holds, as JSON, what many rows have in common, once; rows name it by its id. The index on values is made when all
 * rows are there.
 */
export const TABLES = `
  CREATE TABLE meta (document TEXT NOT NULL);
  CREATE TABLE shared (id INTEGER PRIMARY KEY, document TEXT NOT NULL);
  CREATE TABLE indicator (
    value TEXT NOT NULL, kind TEXT NOT NULL, direction TEXT, port INTEGER, origins TEXT NOT NULL, artefacts TEXT NOT NULL)`;

export const VALUE_INDEX = 'CREATE INDEX indicator_value ON indicator (value)';

/** The one document of `meta`. */
export interface Meta {
  readonly snapshot: Snapshot;
  readonly prefixLengths: PrefixLengths;
}

/** What the attributes of one event mostly have in common. */
export type SharedOrigin = Omit<KnownOrigin, 'attribute' | 'comment' | 'firstSeen' | 'lastSeen' | 'updated'>;

/** Id of the shared origin, attribute, comment, first seen, last seen, updated. */
export type OriginRow = readonly [number, string, string, number | null, number | null, number | null];

export type SharedPlace = Omit<KnownArtefact, 'id'>;

/** Id of the shared place, and how the engine names it. */
export type PlaceRow = readonly [number, string | null];

/** An identity as it stands in a row. */
export interface IdentityRow {
  readonly value: string;
  readonly kind: IndicatorKind;
  readonly direction: Direction | null;
  readonly port: number | null;
}

/** A row of `indicator`. */
export interface IndicatorRow extends IdentityRow {
  /** JSON of OriginRow[]. */
  readonly origins: string;
  /** JSON of PlaceRow[]. */
  readonly artefacts: string;
}
