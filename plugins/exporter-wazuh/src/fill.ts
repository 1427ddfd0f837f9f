import { type Collected, INDICATOR_KINDS, type Indicator } from '@misp-pipeline/core';
import { isPlain } from './cdb.ts';
import { type CdbList, keyBytes } from './cdb-list.ts';
import { type Delivery, TAKES_KEY } from './delivery.ts';
import { ListKeys } from './list-keys.ts';
import { type Room, withoutRoom } from './room.ts';

export type Offered = Collected['ofKind'];

/** Lists with the keys of what was offered. */
export interface Filled {
  readonly lists: readonly ListKeys[];
  /** What was offered, without what was cut. */
  readonly offered: Offered;
  /** Indicators that no list has a key for. */
  readonly unlisted: readonly Indicator[];
  /** Indicators for which a list has no room, with the first such list. They are in no list at all. */
  readonly cut: ReadonlyMap<Indicator, CdbList>;
}

/** Fills lists. Of what does not fit into one, the least worthy indicators are left out of all. */
export function filledLists(lists: readonly CdbList[], offered: Offered, delivery: Delivery, room: Room): Filled {
  const filled = fill(lists, offered, delivery);
  const cut = new Map<Indicator, CdbList>();
  for (const keys of filled.lists) {
    if (keys.fits(room)) continue;
    for (const indicator of overflow(keys.list, offered, delivery, room)) {
      if (!cut.has(indicator)) cut.set(indicator, keys.list);
    }
  }
  if (cut.size === 0) return { ...filled, offered, cut };
  const kept: Offered = (kind) => offered(kind).filter((indicator) => !cut.has(indicator));
  return { ...fill(lists, kept, delivery), offered: kept, cut };
}

/** The indicators for whose keys a list has no room. */
function overflow(list: CdbList, offered: Offered, delivery: Delivery, room: Room): readonly Indicator[] {
  const keysOf = (indicator: Indicator) => {
    const keys: string[] = [];
    list.addKeys(indicator, keys);
    return keys.filter(TAKES_KEY[delivery]);
  };
  const tooMany = new Set(
    list.kinds.flatMap((kind) => withoutRoom(offered(kind), room.keys, (indicator) => keysOf(indicator).length)),
  );
  const others = list.kinds.flatMap(offered).filter((indicator) => !tooMany.has(indicator));
  const bytesOf = (indicator: Indicator) => keysOf(indicator).reduce((sum, key) => sum + keyBytes(key), 0);
  return [...tooMany, ...withoutRoom(others, room.bytes, bytesOf)];
}

function fill(lists: readonly CdbList[], offered: Offered, delivery: Delivery): Pick<Filled, 'lists' | 'unlisted'> {
  const filled = lists.map((list) => new ListKeys(list, delivery));
  const unlisted: Indicator[] = [];
  for (const kind of INDICATOR_KINDS) {
    const takers = filled.filter(({ list }) => list.kinds.includes(kind));
    for (const indicator of offered(kind)) if (!isListed(indicator, takers)) unlisted.push(indicator);
  }
  return { lists: filled, unlisted };
}

function isListed(indicator: Indicator, takers: readonly ListKeys[]): boolean {
  const plain = isPlain(indicator.value);
  let listed = false;
  for (const keys of takers) if (keys.add(indicator, plain)) listed = true;
  return listed;
}
