import type { EventContext, Indicator, Origin } from '../indicator.ts';
import { hashOf, mixed, TextHashes } from './hash.ts';

const EMPTY = 7;

/**
 * A number of 32 bits that differs, but for one time in four thousand million, when anything differs that an exporter may write
 * of an indicator: labels, tags, severity, times, the events and attributes behind it.
 */
export class ContentDigest {
  /** Labels, types and categories. */
  readonly #words = new TextHashes();
  /** Indicators of one event share their lists. */
  readonly #lists = new WeakMap<readonly string[], number>();
  readonly #events = new WeakMap<EventContext, number>();

  of(indicator: Indicator): number {
    let hash = mixed(this.#words.of(indicator.tlp ?? ''), this.#words.of(indicator.severity));
    hash = mixed(hash, indicator.confidence ?? -1);
    hash = mixed(hash, indicator.firstSeen ?? -1);
    hash = mixed(hash, indicator.lastSeen ?? -1);
    hash = mixed(hash, indicator.updated ?? -1);
    hash = mixed(hash, indicator.sharedHost ? 1 : 0);
    hash = mixed(hash, this.#listHash(indicator.companions));
    hash = mixed(hash, this.#listHash(indicator.tags));
    hash = mixed(hash, this.#listHash(indicator.techniques));
    for (const origin of indicator.origins) hash = this.#withOrigin(hash, origin);
    return hash;
  }

  #withOrigin(before: number, { source, event, attribute, type, category, comment }: Origin): number {
    let hash = mixed(before, this.#words.of(source));
    hash = mixed(hash, this.#eventHash(event));
    hash = mixed(hash, hashOf(attribute));
    hash = mixed(hash, this.#words.of(type));
    hash = mixed(hash, this.#words.of(category));
    return comment === '' ? hash : mixed(hash, hashOf(comment));
  }

  #listHash(list: readonly string[]): number {
    if (list.length === 0) return EMPTY;
    let hash = this.#lists.get(list);
    if (hash === undefined) {
      hash = list.reduce((sum, text) => mixed(sum, hashOf(text)), EMPTY);
      this.#lists.set(list, hash);
    }
    return hash;
  }

  #eventHash(event: EventContext): number {
    let hash = this.#events.get(event);
    if (hash === undefined) {
      hash = [event.uuid, event.title, event.org].reduce((sum, text) => mixed(sum, hashOf(text)), EMPTY);
      this.#events.set(event, hash);
    }
    return hash;
  }
}
