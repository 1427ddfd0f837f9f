import { isDefanged } from './defanged.ts';
import { isFileHash } from './hash-type.ts';
import { isReferenceLink } from './references.ts';
import type { Token } from './tokens.ts';

/** What is known of the place where values stand. Reasons are undefined when nothing is against them. */
export interface Place {
  /** Why nothing counts there. */
  readonly whyNothing: string | undefined;
  /** Why no hash counts there. */
  readonly whyNoHash: string | undefined;
  /** Why no mail address counts there. */
  readonly whyNoMail: string | undefined;
  /** Why nothing counts that is not defanged. */
  readonly whyNothingPlain: string | undefined;
  /** The text of the place, when all of it is verbatim. */
  readonly verbatim: string | undefined;
}

/** Why a value does not count where it stands, or undefined when it counts. */
export function whyNotCounted({ text, isLinkTarget }: Token, type: string, place: Place): string | undefined {
  if (place.whyNothing !== undefined) return place.whyNothing;
  if (isFileHash(type)) return place.whyNoHash;
  if (type === 'email' && place.whyNoMail !== undefined) return place.whyNoMail;
  if (isDefanged(text) || text === place.verbatim) return undefined;
  if (place.whyNothingPlain !== undefined) return place.whyNothingPlain;
  return isLinkTarget || isReferenceLink(text) ? 'skipped:reference' : undefined;
}
