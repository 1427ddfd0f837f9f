import type { Hit } from './hit.ts';
import type { Policy } from './policy.ts';

/** What the hits of one indicator come to. */
export interface Verdict {
  /** The hit for which the indicator is dropped: of all that say so, the one of the list that comes first. */
  readonly drop: Hit | undefined;
  /** Positions of the lists that the indicator is tagged with. */
  readonly tags: readonly number[];
  /** The host inside the value also serves parties that have nothing to do with it. */
  readonly isSharedHost: boolean;
}

/** Weighs all hits of an indicator: dropping goes before tagging, tagging before keeping. */
export function verdictOf(hits: readonly Hit[], policy: Policy): Verdict {
  let drop: Hit | undefined;
  const tags: number[] = [];
  for (const hit of hits) {
    const action = policy.action(hit.list, hit.match);
    if (action === 'drop' && (drop === undefined || hit.list < drop.list)) drop = hit;
    if (action === 'tag' && !tags.includes(hit.list)) tags.push(hit.list);
  }
  return { drop, tags, isSharedHost: hits.some((hit) => isShared(hit, hits, policy)) };
}

/**
 * A host that a list names is shared. One that lies under a listed name is so too, unless that is a public suffix or a
 * list of hosters says that it has tenants: `evil.pages.dev` is one customer's own, though popular lists name `pages.dev`.
 */
function isShared(hit: Hit, hits: readonly Hit[], policy: Policy): boolean {
  if (hit.match !== 'host') return false;
  if (!hit.wider) return true;
  return !hits.some(
    ({ match, wider, list, entry }) =>
      match === 'host' && wider && entry.endsWith(hit.entry) && policy.hasTenants(list, entry),
  );
}
