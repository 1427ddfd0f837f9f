import type { PrefixLengths } from '../cover.ts';

/** Notes the prefix lengths of networks. */
export class SeenPrefixLengths {
  readonly #ipv4 = new Set<number>();
  readonly #ipv6 = new Set<number>();

  add(network: string): void {
    const lengths = network.includes(':') ? this.#ipv6 : this.#ipv4;
    lengths.add(Number(network.slice(network.indexOf('/') + 1)));
  }

  longestFirst(): PrefixLengths {
    const sorted = (lengths: ReadonlySet<number>) => [...lengths].sort((a, b) => b - a);
    return { ipv4: sorted(this.#ipv4), ipv6: sorted(this.#ipv6) };
  }
}
