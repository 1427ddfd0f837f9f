import type { Direction, IndicatorIdentity, IndicatorKind } from '../indicator.ts';

/** One indicator as it stands, or stood, in the exporters. */
export interface Entry extends IndicatorIdentity {
  /** Mask of the exporters that carry it. */
  readonly exporters: number;
  /** A number that differs when what is said of the indicator differs; 32 bits. */
  readonly digest: number;
  /** Numbers of the events that vouch for it, a bounded number of them. */
  readonly events: readonly number[];
}

/** An entry with the time that it was live. */
export interface PastEntry extends Entry {
  readonly id: number;
  /** The release that brought it. */
  readonly since: number;
  /** The release that took it away; undefined when it is live. */
  readonly until: number | undefined;
  /** Why it was taken away, where somebody said so. */
  readonly cause: string | undefined;
}

/** What an {@link EntryRow} holds. */
export const ENTRY_COLUMNS = 'kind, direction, port, value, exporters, digest, events';

export type EntryRow = [IndicatorKind, string, number, string, number, number, string];

/** What stands before that in a {@link PastRow}. */
export type PastRow = [number, number, number | null, string | null, ...EntryRow];

export function entryOf([kind, direction, port, value, exporters, digest, events]: EntryRow): Entry {
  return {
    kind,
    direction: direction === '' ? undefined : (direction as Direction),
    port: port === 0 ? undefined : port,
    value,
    exporters,
    digest,
    events: events === '' ? [] : events.split(',').map(Number),
  };
}

export function pastEntryOf([id, since, until, cause, ...row]: PastRow): PastEntry {
  return { ...entryOf(row), id, since, until: until ?? undefined, cause: cause ?? undefined };
}
