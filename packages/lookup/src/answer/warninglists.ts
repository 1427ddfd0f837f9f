import type { KnownOrigin, Stopped } from '../known.ts';
import type { WarninglistHit } from './answer.ts';

/** Begins both the reasons and the tags of the warninglist filter. */
const PREFIX = 'warninglist:';

/** The warninglists that stopped or tagged what some attributes say, by name. */
export function warninglistsOf(origins: readonly KnownOrigin[]): WarninglistHit[] {
  const hits = new Map<string, WarninglistHit>();
  const add = (name: string, detail: string | undefined) => {
    if (!name.startsWith(PREFIX)) return;
    const list = name.slice(PREFIX.length);
    hits.set(list, { list, detail: detail ?? hits.get(list)?.detail });
  };
  for (const origin of origins) {
    for (const tag of origin.tags) add(tag, undefined);
    for (const { reason, detail } of stopsOf(origin)) add(reason, detail);
  }
  return [...hits.values()].sort((a, b) => (a.list < b.list ? -1 : 1));
}

function stopsOf({ stopped, stoppedFor }: KnownOrigin): Stopped[] {
  return [...(stopped === undefined ? [] : [stopped]), ...Object.values(stoppedFor)];
}
