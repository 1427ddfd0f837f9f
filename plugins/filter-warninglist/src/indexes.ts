import type { RE2JS } from 're2js';
import { formOfHostname, formOfString } from './entry-form.ts';
import { ExactIndex } from './exact-index.ts';
import type { Warninglist } from './list-file.ts';
import { type Network, parseNetwork } from './network.ts';
import { RangeIndex } from './range-index.ts';
import { compileRegex } from './regex.ts';
import { SHORTEST_SUBSTRING, SubstringIndex } from './substring-index.ts';

/** An entry that cannot be compared as its list's type demands. */
export interface UnusableEntry {
  readonly slug: string;
  readonly entry: string;
  readonly why: string;
}

export interface RegexEntry {
  readonly list: number;
  readonly entry: string;
  readonly regex: RE2JS;
}

/** The entries of all lists, by the way in which they are compared. */
export interface Indexes {
  /** URLs, apart since most lists have none. */
  readonly urls: ExactIndex;
  /** Everything else that is compared as a whole: hosts, addresses, hashes, names. */
  readonly exact: ExactIndex;
  readonly ipv4: RangeIndex;
  readonly ipv6: RangeIndex;
  readonly substrings: SubstringIndex;
  readonly regexes: readonly RegexEntry[];
  readonly unusable: readonly UnusableEntry[];
}

export function buildIndexes(lists: readonly Warninglist[]): Indexes {
  const builder = new IndexBuilder();
  for (const [position, list] of lists.entries()) builder.add(position, list);
  return builder.build();
}

class IndexBuilder {
  readonly #urls = new ExactIndex();
  readonly #exact = new ExactIndex();
  readonly #networks: Record<'ipv4' | 'ipv6', { networks: Network[]; lists: number[] }> = {
    ipv4: { networks: [], lists: [] },
    ipv6: { networks: [], lists: [] },
  };
  readonly #substrings: { list: number; text: string }[] = [];
  readonly #regexes: RegexEntry[] = [];
  readonly #unusable: UnusableEntry[] = [];

  add(position: number, list: Warninglist): void {
    // Lists about things that no indicator comes from, such as telephone numbers.
    if (list.kinds.size === 0) return;
    for (const entry of list.entries) {
      const why = this.#addEntry(position, list, entry);
      if (why !== undefined) this.#unusable.push({ slug: list.slug, entry, why });
    }
  }

  build(): Indexes {
    const { ipv4, ipv6 } = this.#networks;
    return {
      urls: this.#urls,
      exact: this.#exact,
      ipv4: new RangeIndex(1, ipv4.networks, ipv4.lists),
      ipv6: new RangeIndex(4, ipv6.networks, ipv6.lists),
      substrings: new SubstringIndex(this.#substrings),
      regexes: this.#regexes,
      unusable: this.#unusable,
    };
  }

  /** Returns why the entry cannot be used. */
  #addEntry(position: number, list: Warninglist, entry: string): string | undefined {
    switch (list.type) {
      case 'string':
        return this.#addString(position, entry);
      case 'hostname':
        return this.#addHostname(position, entry);
      case 'cidr':
        return this.#addNetwork(position, entry);
      case 'substring':
        return this.#addSubstring(position, entry);
      case 'regex':
        return this.#addRegex(position, entry);
    }
  }

  #addString(position: number, entry: string): undefined {
    const { text, meansNamesBelow } = formOfString(entry);
    const index = text.includes('://') ? this.#urls : this.#exact;
    index.add(position, text, meansNamesBelow);
    // `Setup.EXE` looks like a host, but may be meant as a file name.
    if (text !== entry) this.#exact.add(position, entry, false);
  }

  #addHostname(position: number, entry: string): string | undefined {
    const form = formOfHostname(entry);
    if (form === undefined) return 'is no host name';
    this.#exact.add(position, form.text, form.meansNamesBelow);
    return undefined;
  }

  #addNetwork(position: number, entry: string): string | undefined {
    const network = parseNetwork(entry.trim());
    if (network === undefined) return 'is no address or network';
    const family = network.words.length === 1 ? this.#networks.ipv4 : this.#networks.ipv6;
    family.networks.push(network);
    family.lists.push(position);
    return undefined;
  }

  #addSubstring(position: number, entry: string): string | undefined {
    if (entry.length < SHORTEST_SUBSTRING) return `is shorter than ${SHORTEST_SUBSTRING} characters`;
    this.#substrings.push({ list: position, text: entry.toLowerCase() });
    return undefined;
  }

  #addRegex(position: number, entry: string): string | undefined {
    try {
      this.#regexes.push({ list: position, entry, regex: compileRegex(entry) });
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
