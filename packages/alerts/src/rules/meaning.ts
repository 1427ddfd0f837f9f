import { INDICATOR_KINDS, type IndicatorIdentity, type IndicatorKind } from '@misp-pipeline/core';

/**
 * What an alert of a rule says. `indicator`: one that the rule names, in every reading of its key; `values`: what was
 * observed is listed, of one kind where that is known; `host`: only the host of a URL was seen, which proves no URL.
 */
export type Meaning =
  | { readonly says: 'indicator'; readonly readings: readonly IndicatorIdentity[] }
  | { readonly says: 'values'; readonly kind: IndicatorKind | undefined }
  | { readonly says: 'host' };

/** Any value that was observed. */
export const ANY_VALUE: Meaning = { says: 'values', kind: undefined };

const KINDS: ReadonlySet<string> = new Set(INDICATOR_KINDS);
/** The longest first, since `email-src` begins with `email`. */
const LONGEST_FIRST = [...INDICATOR_KINDS].sort((a, b) => b.length - a.length);

/** What a key of the ids ledger means: `domain:evil.example dns`, `misp-domain-2 tls context` or `https:evil.example tls`. */
export function meaningOfKey(key: string): Meaning | undefined {
  const colon = key.indexOf(':');
  const kind = key.slice(0, Math.max(colon, 0));
  if (isKind(kind)) return { says: 'indicator', readings: readingsOf(kind, key.slice(colon + 1)) };
  if (kind === 'https') return { says: 'host' };
  const listed = LONGEST_FIRST.find(
    (name) => key.startsWith(`misp-${name}`) && /^(-|\s|$)/.test(key.slice(name.length + 5)),
  );
  return listed && { says: 'values', kind: listed };
}

function isKind(text: string): text is IndicatorKind {
  return KINDS.has(text);
}

/** A value may hold blanks itself, so the words behind it, one or two, are cut off both ways. */
function readingsOf(kind: IndicatorKind, text: string): readonly IndicatorIdentity[] {
  const readings: IndicatorIdentity[] = [];
  let end = text.length;
  for (let words = 0; words < 2; words++) {
    end = text.lastIndexOf(' ', end - 1);
    if (end <= 0) break;
    readings.push(indicatorOf(kind, text.slice(0, end)));
  }
  return readings;
}

/** Direction and port stand behind the value, if anything is said of them. */
function indicatorOf(kind: IndicatorKind, text: string): IndicatorIdentity {
  const said = /\|(source|destination|)\|(\d{0,5})$/.exec(text);
  if (said === null) return { kind, value: text, direction: undefined, port: undefined };
  const [whole, direction, port] = said;
  return {
    kind,
    value: text.slice(0, -whole.length),
    direction: direction === 'source' || direction === 'destination' ? direction : undefined,
    port: port === '' ? undefined : Number(port),
  };
}
