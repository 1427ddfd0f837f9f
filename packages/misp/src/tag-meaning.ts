import type { Severity, Tlp } from '@misp-pipeline/core';

/** What the name of a tag says to a detection; every member is undefined for most tags. */
export interface TagMeaning {
  readonly tlp: Tlp | undefined;
  /** ATT&CK technique id such as `T1071.004`. */
  readonly technique: string | undefined;
  readonly severity: Severity | undefined;
  /** 0 to 100. */
  readonly confidence: number | undefined;
}

/**
 * Reads the name of a tag: TLP 1 and 2, ATT&CK galaxies, and the MISP taxonomies for threat level and confidence. Case,
 * blanks, quotes and characters without a glyph make no difference, since analysts type tags by hand.
 */
export function meaningOf(name: string): TagMeaning {
  const folded = name
    .normalize('NFKC')
    .replace(/[\s\p{Cc}\p{Cf}"']/gu, '')
    .toLowerCase();
  return {
    tlp: tlpOf(folded),
    technique: techniqueOf(name),
    severity: SEVERITIES.get(folded),
    confidence: CONFIDENCES.get(folded),
  };
}

const TLP: ReadonlyMap<string, Tlp> = new Map([
  ['white', 'clear'],
  ['clear', 'clear'],
  ['green', 'green'],
  ['amber', 'amber'],
  ['amber+strict', 'amber+strict'],
  ['red', 'red'],
]);

/** A label as people write it in tags of their own: `TLP RED`, `tlp-red`, `[TLP:RED]`. */
const TLP_BY_HAND = /^[^a-z0-9]*tlp[^a-z0-9]*(white|clear|green|amber\+strict|amber|red)[^a-z0-9+]*$/;

/** A label that neither version of the protocol knows (`tlp:unclear`, `tlp:ex:chr`, a typing error) is `unknown`. */
function tlpOf(folded: string): Tlp | undefined {
  if (/^tlp[:=]/.test(folded)) return TLP.get(folded.slice(4)) ?? 'unknown';
  return TLP.get(TLP_BY_HAND.exec(folded)?.[1] ?? '');
}

const TECHNIQUE =
  /^misp-galaxy:mitre-(?:[a-z]+-attack-)?(?:attack-pattern|ics-techniques)="(?:.* - )?(T\d{4}(?:\.\d{3})?)"$/;

function techniqueOf(name: string): string | undefined {
  return TECHNIQUE.exec(name)?.[1];
}

const SEVERITIES: ReadonlyMap<string, Severity> = new Map([
  ['misp:threat-level=no-risk', 'low'],
  ['misp:threat-level=low-risk', 'low'],
  ['misp:threat-level=medium-risk', 'medium'],
  ['misp:threat-level=high-risk', 'high'],
]);

/** Numerical values of the taxonomies (github.com/MISP/misp-taxonomies), by folded tag name. */
const CONFIDENCES: ReadonlyMap<string, number> = new Map([
  ['misp:confidence-level=completely-confident', 100],
  ['misp:confidence-level=usually-confident', 75],
  ['misp:confidence-level=fairly-confident', 50],
  ['misp:confidence-level=rarely-confident', 25],
  ['misp:confidence-level=unconfident', 0],
  ['misp:confidence-level=confidence-cannot-be-evaluated', 50],
  ['estimative-language:confidence-in-analytic-judgment=low', 0],
  ['estimative-language:confidence-in-analytic-judgment=moderate', 55],
  ['estimative-language:confidence-in-analytic-judgment=high', 95],
  ['admiralty-scale:information-credibility=1', 100],
  ['admiralty-scale:information-credibility=2', 75],
  ['admiralty-scale:information-credibility=3', 50],
  ['admiralty-scale:information-credibility=4', 25],
  ['admiralty-scale:information-credibility=5', 0],
  ['admiralty-scale:information-credibility=6', 50],
  ['osint:certainty=100', 100],
  ['osint:certainty=93', 93],
  ['osint:certainty=75', 75],
  ['osint:certainty=50', 50],
  ['osint:certainty=30', 30],
  ['osint:certainty=7', 7],
  ['osint:certainty=0', 0],
]);
