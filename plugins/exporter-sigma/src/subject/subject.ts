import type { Indicator, IndicatorKind } from '@misp-pipeline/core';
import type { Leaf, Role } from '../rule/selection.ts';
import type { LogSource } from './log-source.ts';

/** Where a subject shows: a field of a log source, and what a rule over it says of itself. */
export interface Place {
  readonly logSource: LogSource;
  readonly field: string;
  /** Field of the port that belongs to `field`; without it, values that are bound to a port are left out. */
  readonly portField?: string;
  /** Field of the data that belongs to `field`; without it, values that are bound to data are left out. */
  readonly dataField?: string;
  /** Conditions that tell the records of this place from others of the log source. */
  readonly fixed?: Readonly<Record<string, string | number>>;
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
  /** What makes an indicator fire on harmless records, for the reason `too-broad:<what>`; undefined when nothing does. */
  readonly tooBroad?: (indicator: Indicator) => string | undefined;
  /** Comparisons that detect the indicator; empty when its value is not of its kind's form. */
  readonly leaves: (indicator: Indicator) => readonly Leaf[];
  readonly places: readonly Place[];
  readonly falsePositives: string;
}

/** Field of a place that plays a role in a comparison, if it has one. */
export function fieldOf(place: Place, role: Role): string | undefined {
  return { value: place.field, port: place.portField, data: place.dataField }[role];
}

/** True when a comparison can be made at a place. */
export function shows(place: Place, { also = [], platform }: Leaf): boolean {
  if (platform !== undefined && platform !== place.logSource.product) return false;
  return also.every(({ role }) => fieldOf(place, role) !== undefined);
}
