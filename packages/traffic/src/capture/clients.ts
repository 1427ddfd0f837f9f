import type { Listed } from '../listed.ts';
import { addressNumber, addressText, type Family } from '../packet/address.ts';

/** Private networks by family; the later ones are for the case that an earlier one is an indicator itself. */
const NETWORKS: Readonly<Record<Family, readonly string[]>> = {
  4: ['10.64.0.0/10', '100.64.0.0/10'],
  6: ['fd00:64::/64', 'fc00:64::/64'],
};

/** Networks of the clients, which are what a sensor calls its home network. */
export const CLIENT_NETWORKS: readonly string[] = Object.values(NETWORKS).flat();

/** As many as the smallest of the networks holds. */
const MOST_CLIENTS = 2 ** 22 - 1;

/** Hands out addresses, each once. */
export class Clients {
  readonly #used = new Map<string, number>();

  /** An address that is no indicator, so that an alert on it means what it was sent for. */
  next(family: Family, listed: Listed): string {
    for (const network of NETWORKS[family]) {
      const base = network.slice(0, network.indexOf('/'));
      const address = listed.isFreeAddress(base) ? this.#nextIn(base, family, listed) : undefined;
      if (address !== undefined) return address;
    }
    throw new Error(`no address of \`${NETWORKS[family].join('`, `')}\` is left for a client`);
  }

  #nextIn(base: string, family: Family, listed: Listed): string | undefined {
    const first = addressNumber(base);
    for (let number = (this.#used.get(base) ?? 0) + 1; number <= MOST_CLIENTS; number++) {
      this.#used.set(base, number);
      const address = addressText(first + BigInt(number), family);
      if (address !== undefined && listed.isFreeAddress(address)) return address;
    }
    return undefined;
  }
}
