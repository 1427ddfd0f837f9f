const PRIME = 0x01000193;

/** FNV-1a over the code units of a text, 32 bits; another `seed` gives an independent number. */
export function hashOf(text: string, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
  return hash >>> 0;
}

/** Takes one more number into a hash. The order of the numbers counts. */
export function mixed(hash: number, next: number): number {
  const sum = Math.imul(hash ^ next, 0x9e3779b1);
  return (sum ^ (sum >>> 15)) >>> 0;
}

/** Hashes of texts that come again and again. */
export class TextHashes {
  readonly #known = new Map<string, number>();

  of(text: string): number {
    let hash = this.#known.get(text);
    if (hash === undefined) {
      hash = hashOf(text);
      this.#known.set(text, hash);
    }
    return hash;
  }
}
