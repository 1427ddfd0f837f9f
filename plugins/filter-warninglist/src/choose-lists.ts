import { slugMatcher } from './slug-pattern.ts';

/** Which lists to use. */
export interface ListChoice {
  /** Patterns of slugs to use. */
  readonly only: readonly string[];
  /** Patterns of slugs to leave out, although `only` names them. */
  readonly except: readonly string[];
  /** Slugs that must be there, since the config says something about them. */
  readonly named: readonly string[];
}

/** The chosen ones of some slugs, sorted. Adds to `faults` each pattern that no slug meets: it may be a typing error. */
export function chooseLists(
  slugs: readonly string[],
  { only, except, named }: ListChoice,
  faults: string[],
): readonly string[] {
  for (const pattern of slugs.length === 0 ? [] : [...only, ...except, ...named]) {
    if (!slugs.some(slugMatcher([pattern]))) faults.push(`no list is named \`${pattern}\``);
  }
  const isWanted = slugMatcher(only);
  const isUnwanted = slugMatcher(except);
  return slugs.filter((slug) => isWanted(slug) && !isUnwanted(slug)).sort();
}
