import { hash } from 'node:crypto';
import type { Indicator } from '../indicator.ts';

/** Hex digits that make a number below 2^48. */
const DIGITS = 12;

/**
 * Differs, for all that matters, when anything that an exporter may write of an indicator differs: labels, tags, severity,
 * times, the events and attributes behind it.
 */
export class ContentDigest {
  /** Indicators of one event share their lists. */
  readonly #joined = new WeakMap<readonly string[], string>();

  of(indicator: Indicator): number {
    const { tlp, severity, confidence, firstSeen, lastSeen, updated, sharedHost } = indicator;
    let text = `${tlp} ${severity} ${confidence} ${firstSeen} ${lastSeen} ${updated} ${sharedHost}`;
    for (const list of [indicator.companions, indicator.tags, indicator.techniques]) text += `\n${this.#join(list)}`;
    for (const { source, event, attribute, type, category, comment } of indicator.origins)
      text += `\n${source}\t${event.uuid}\t${event.title}\t${event.org}\t${attribute}\t${type}\t${category}\t${comment}`;
    return Number.parseInt(hash('sha1', text).slice(0, DIGITS), 16);
  }

  #join(list: readonly string[]): string {
    if (list.length === 0) return '';
    let joined = this.#joined.get(list);
    if (joined === undefined) {
      joined = list.join('\t');
      this.#joined.set(list, joined);
    }
    return joined;
  }
}
