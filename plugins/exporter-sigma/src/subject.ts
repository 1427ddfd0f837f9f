import type { Indicator, IndicatorKind } from '@misp-pipeline/core';
import type { LogSource } from './log-source.ts';
import type { Leaf } from './selection.ts';

/** Where a subject shows: a field of a log source, and what a rule over it says of itself. */
export interface Place {
  readonly logSource: LogSource;
  readonly field: string;
  /** Field of the port that belongs to `field`; without it, values that are bound to a port are left out. */
  readonly portField?: string;
  /** Every word in upper case, as the conventions for titles want it. Distinct among all places. */
  readonly title: string;
  /** What is detected, in front of `listed in 3 MISP events`. */
  readonly detects: string;
  /** ATT&CK tags. A technique needs all its tactics beside it. */
  readonly tags: readonly string[];
}

/** Indicators that one rule can look for together. */
export interface Subject {
  /** In names of files and in ids: letters, digits and `_`. */
  readonly id: string;
  readonly kinds: readonly IndicatorKind[];
  /** Tells apart subjects that share a kind. */
  readonly includes: (indicator: Indicator) => boolean;
  /** Comparisons that detect the indicator; empty when its value is not of its kind's form. */
  readonly leaves: (indicator: Indicator) => readonly Leaf[];
  readonly places: readonly Place[];
  readonly falsePositives: string;
  /** Validators that complain of values which are meant as they are. */
  readonly exclusions: readonly string[];
}
