import { SEVERITIES, type Severity, strictestTlp, type Tlp } from '@misp-pipeline/core';
import { meaningOf, type TagMeaning } from './tag-meaning.ts';

const NONE: readonly string[] = [];

/**
 * The tags that hold for an indicator, with what they say together. Sets are shared: all attributes that carry the same
 * tags within one event get the same object, and so the same arrays.
 */
export class TagSet {
  /** Sorted, no duplicates. */
  readonly names: readonly string[];
  /** ATT&CK technique ids. Sorted, no duplicates. */
  readonly techniques: readonly string[];
  /** The strictest label. A tag of the attribute can narrow the label of its event, never widen it. */
  readonly tlp: Tlp | undefined;
  /** The most severe level. */
  readonly severity: Severity | undefined;
  /** The lowest value: an indicator is only as sure as the weakest word about it. */
  readonly confidence: number | undefined;

  readonly #meanings: Map<string, TagMeaning>;
  readonly #extensions = new Map<string, TagSet>();
  /** What {@link with} was asked for last, for lists that come again and again. */
  #lastNames = NONE;
  #lastExtension: TagSet = this;

  private constructor(names: readonly string[], techniques: readonly string[], meanings: Map<string, TagMeaning>) {
    this.#meanings = meanings;
    const said = names.map((name) => this.#meaning(name));
    this.names = names;
    this.techniques = sortedUnion(
      techniques,
      said.flatMap(({ technique }) => technique ?? NONE),
    );
    this.tlp = said.reduce<Tlp | undefined>((tlp, meaning) => strictestTlp(tlp, meaning.tlp), undefined);
    this.severity = SEVERITIES.findLast((level) => said.some(({ severity }) => severity === level));
    const confidences = said.flatMap(({ confidence }) => confidence ?? []);
    this.confidence = confidences.length === 0 ? undefined : Math.min(...confidences);
  }

  /** The set without tags, from which all sets of a source grow. */
  static empty(): TagSet {
    return new TagSet(NONE, NONE, new Map());
  }

  /**
   * This set together with further tags (names without control characters), and with techniques that are known from
   * elsewhere than the name of a tag.
   */
  with(names: readonly string[], techniques: readonly string[] = NONE): TagSet {
    if (techniques.length > 0) return this.#extended(names, techniques);
    if (names.length === 0) return this;
    if (names !== this.#lastNames) {
      this.#lastExtension = this.#extended(names, techniques);
      this.#lastNames = names;
    }
    return this.#lastExtension;
  }

  #extended(names: readonly string[], techniques: readonly string[]): TagSet {
    const key = techniques.length === 0 ? names.join('\n') : `${names.join('\n')}\0${techniques.join('\n')}`;
    let extension = this.#extensions.get(key);
    if (extension === undefined) {
      const allTechniques = sortedUnion(this.techniques, techniques);
      extension = new TagSet(sortedUnion(this.names, names), allTechniques, this.#meanings);
      this.#extensions.set(key, extension);
    }
    return extension;
  }

  #meaning(name: string): TagMeaning {
    let meaning = this.#meanings.get(name);
    if (meaning === undefined) {
      meaning = meaningOf(name);
      this.#meanings.set(name, meaning);
    }
    return meaning;
  }
}

function sortedUnion(some: readonly string[], others: readonly string[]): readonly string[] {
  if (others.length === 0) return some;
  return [...new Set([...some, ...others])].sort();
}
