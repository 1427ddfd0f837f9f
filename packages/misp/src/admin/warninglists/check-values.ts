import type { Warninglist } from './warninglist.ts';
import type { WarninglistApi, WarninglistMatch } from './warninglist-api.ts';

/** A match, with what the list is meant for: MISP's check does not look at that, and its search does. */
export interface ValueMatch extends WarninglistMatch {
  /** The value, or the part of a composite, that matched. */
  readonly part: string;
  readonly type: string;
  readonly attributeTypes: readonly string[];
}

export interface CheckedValue {
  readonly value: string;
  readonly matches: readonly ValueMatch[];
}

export interface ValueCheck {
  readonly values: readonly CheckedValue[];
  /** Lists that were asked; the others are off. */
  readonly enabledLists: number;
  readonly allLists: number;
}

/** Values in one request. */
const AT_ONCE = 1000;

/**
 * Asks the server which enabled lists the values are on. The server looks up a composite such as `a.exe|<md5>` as a
 * whole only, so its parts are asked for here, too.
 */
export async function checkValues(api: WarninglistApi, values: readonly string[]): Promise<ValueCheck> {
  const lists = await api.list();
  const byId = new Map(lists.map((list) => [list.id, list]));
  const distinct = [...new Set(values.map((value) => value.trim()))].filter((value) => value !== '');
  const asked = [...new Set(distinct.flatMap(partsOf))];
  const found = new Map<string, readonly WarninglistMatch[]>();
  for (let start = 0; start < asked.length; start += AT_ONCE) {
    for (const [part, matches] of await api.check(asked.slice(start, start + AT_ONCE))) found.set(part, matches);
  }
  return {
    values: distinct.map((value) => ({
      value,
      matches: partsOf(value).flatMap((part) => matchesOf(part, found, byId)),
    })),
    enabledLists: lists.filter(({ enabled }) => enabled).length,
    allLists: lists.length,
  };
}

/** The value itself and, of a composite, its parts. */
function partsOf(value: string): string[] {
  const parts = value.split('|').map((part) => part.trim());
  return parts.length === 1 ? [value] : [value, ...parts.filter((part) => part !== '')];
}

function matchesOf(
  part: string,
  found: ReadonlyMap<string, readonly WarninglistMatch[]>,
  lists: ReadonlyMap<string, Warninglist>,
): ValueMatch[] {
  return (found.get(part) ?? []).map((match) => {
    const list = lists.get(match.id);
    return { ...match, part, type: list?.type ?? '', attributeTypes: list?.attributeTypes ?? [] };
  });
}
