import type { SQLOutputValue } from 'node:sqlite';

/** An event as the mirror knows it. */
export interface KnownEvent {
  readonly id: number;
  /** Undefined: it may have changed since it was read. */
  readonly timestamp: number | undefined;
  readonly published: boolean;
  /** Unix seconds at which it was first seen unpublished. */
  readonly unpublishedSince: number | undefined;
  /** Unix seconds at which it had last been published when attributes of it were read. */
  readonly publishedAt: number | undefined;
  /** Undefined when no attribute of it was read. */
  readonly uuid: string | undefined;
  /** Whether it was published when attributes of it were read. */
  readonly wasPublished: boolean;
}

/** Asks the mirror for rows that {@link knownEvent} understands. */
export const KNOWN_EVENTS = `
  SELECT id, timestamp, published, unpublished_since, context ->> '$.publish_timestamp' AS published_at,
    context ->> '$.published' AS was_published, context ->> '$.uuid' AS uuid
  FROM event
`;

export function knownEvent(row: Readonly<Record<string, SQLOutputValue>>): KnownEvent {
  return {
    id: Number(row.id),
    timestamp: numberOf(row.timestamp),
    published: row.published === 1,
    unpublishedSince: numberOf(row.unpublished_since),
    publishedAt: numberOf(row.published_at),
    uuid: row.uuid === null ? undefined : String(row.uuid),
    wasPublished: row.was_published === 1,
  };
}

function numberOf(value: SQLOutputValue | undefined): number | undefined {
  return value === null ? undefined : Number(value);
}
