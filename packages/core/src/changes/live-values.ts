/** Slots per value; more make false hits rarer. */
const ROOM = 4;

/**
 * Which values are live, in a few bytes each. A value that is not may be taken for one that is, with a million live ones
 * about once in four thousand times; never the other way round.
 */
export class LiveValues {
  #slots = new Uint32Array(1 << 10);
  #size = 0;

  add(value: string): void {
    if ((this.#size + 1) * ROOM > this.#slots.length) this.#grow();
    if (insert(this.#slots, hashOf(value))) this.#size++;
  }

  has(value: string): boolean {
    if (this.#size === 0) return false;
    const slots = this.#slots;
    const hash = hashOf(value);
    for (let at = hash & (slots.length - 1); slots[at] !== 0; at = (at + 1) & (slots.length - 1))
      if (slots[at] === hash) return true;
    return false;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (const hash of old) if (hash !== 0) insert(this.#slots, hash);
  }
}

/** False when it stands there already. */
function insert(slots: Uint32Array, hash: number): boolean {
  let at = hash & (slots.length - 1);
  for (; slots[at] !== 0; at = (at + 1) & (slots.length - 1)) if (slots[at] === hash) return false;
  slots[at] = hash;
  return true;
}

/** FNV-1a over the code units; never 0, which marks a free slot. */
function hashOf(value: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < value.length; i++) hash = Math.imul(hash ^ value.charCodeAt(i), 0x01000193);
  return hash >>> 0 || 1;
}
