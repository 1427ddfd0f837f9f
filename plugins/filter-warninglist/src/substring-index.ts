import { BitFilter } from './bit-filter.ts';

/** Entries shorter than this never match: a stray `77` would hit half of the internet. */
export const SHORTEST_SUBSTRING = 4;

/** Five bits for each of the four characters. */
const SLOTS = 1 << 20;

interface Substring {
  readonly list: number;
  readonly text: string;
  /** Where in the text the four characters stand by which it is found. */
  readonly offset: number;
  /** The next entry in the same slot. */
  readonly next: Substring | undefined;
}

/** An entry that stands in a value. */
export interface Occurrence {
  readonly list: number;
  readonly text: string;
}

const NOWHERE: readonly Occurrence[] = [];

/**
 * Finds which of many texts stand in a value, in one pass over the value. Each entry is filed under four characters in
 * a row of its own that few other entries have; at each character of the value the last four are looked up.
 */
export class SubstringIndex {
  readonly #slots = new Map<number, Substring>();
  readonly #taken = new BitFilter(SLOTS);

  /** Entries in lower case. */
  constructor(entries: readonly { readonly list: number; readonly text: string }[]) {
    const popularity = new Uint32Array(SLOTS);
    for (const { text } of entries) {
      eachSlot(text, (slot) => {
        popularity[slot] = (popularity[slot] ?? 0) + 1;
      });
    }
    for (const { list, text } of entries) {
      let best = -1;
      let offset = 0;
      eachSlot(text, (slot, start) => {
        if (best >= 0 && (popularity[slot] ?? 0) >= (popularity[best] ?? 0)) return;
        best = slot;
        offset = start;
      });
      if (best < 0) continue;
      this.#slots.set(best, { list, text, offset, next: this.#slots.get(best) });
      this.#taken.add(best);
    }
  }

  /** Each entry that stands in the value, once. The value is in lower case. */
  find(value: string): readonly Occurrence[] {
    let found: Occurrence[] | undefined;
    let slot = 0;
    for (let i = 0; i < value.length; i++) {
      slot = nextSlot(slot, value.charCodeAt(i));
      if (i < SHORTEST_SUBSTRING - 1 || !this.#taken.mayHold(slot)) continue;
      for (let entry = this.#slots.get(slot); entry !== undefined; entry = entry.next) {
        const start = i - (SHORTEST_SUBSTRING - 1) - entry.offset;
        if (start < 0 || !value.startsWith(entry.text, start)) continue;
        found ??= [];
        const { list, text } = entry;
        if (!found.some((known) => known.list === list && known.text === text)) found.push({ list, text });
      }
    }
    return found ?? NOWHERE;
  }
}

/** The shift drops what is older than four characters. */
function nextSlot(slot: number, code: number): number {
  return ((slot << 5) ^ code) & (SLOTS - 1);
}

function eachSlot(text: string, visit: (slot: number, start: number) => void): void {
  let slot = 0;
  for (let i = 0; i < text.length; i++) {
    slot = nextSlot(slot, text.charCodeAt(i));
    if (i >= SHORTEST_SUBSTRING - 1) visit(slot, i - (SHORTEST_SUBSTRING - 1));
  }
}
