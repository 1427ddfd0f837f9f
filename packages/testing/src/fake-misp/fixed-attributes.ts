import type { Holdings, SearchBody } from './instance.ts';

/** Attributes as attributes/restSearch answers them, in that order, whatever is asked for but their events. */
export class FixedAttributes implements Holdings {
  rows: readonly object[];

  constructor(rows: readonly object[]) {
    this.rows = rows;
  }

  search({ eventid }: SearchBody): readonly object[] {
    if (eventid === undefined) return this.rows;
    const wanted = new Set([eventid].flat().map(String));
    return this.rows.filter((row) => wanted.has(String(eventOf(row)?.id)));
  }

  searchEvents(body: SearchBody): readonly object[] {
    const byEvent = Map.groupBy(this.search(body), (row) => eventOf(row)?.id);
    return [...byEvent.values()].map((rows) => ({
      Event: { ...eventOf(rows[0]), Object: [], Attribute: rows.map((row) => ({ ...row, Event: undefined })) },
    }));
  }

  index(): readonly object[] {
    const events = new Map(this.rows.map((row) => [eventOf(row)?.id, eventOf(row)]));
    return [...events.values()].flatMap((event) =>
      event === undefined ? [] : [{ timestamp: '1763971200', ...event }],
    );
  }
}

function eventOf(row: object | undefined): { readonly id?: string } | undefined {
  return row !== undefined && 'Event' in row && typeof row.Event === 'object' && row.Event !== null
    ? row.Event
    : undefined;
}
