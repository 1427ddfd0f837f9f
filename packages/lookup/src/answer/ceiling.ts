import { TLP_LABELS, type Tlp, tlpRank } from '@misp-pipeline/core';

/** A label that TLP defines. */
export type DefinedTlp = Exclude<Tlp, 'unknown'>;

/** Labels that a ceiling can have, from the widest audience to the narrowest. */
export const CEILINGS: readonly DefinedTlp[] = TLP_LABELS.filter((label) => label !== 'unknown');

/** What somebody who asks may be told. */
export interface Ceiling {
  /** Strictest label that may be told; undefined for somebody who may know everything. */
  readonly max: DefinedTlp | undefined;
  /** Label that an attribute without any label counts as. */
  readonly unmarked: DefinedTlp;
}

/** For the owner of the index. */
export const NO_CEILING: Ceiling = { max: undefined, unmarked: 'amber' };

/** Whether something with this label may be told. A label that TLP does not define is told below no ceiling. */
export function admits({ max, unmarked }: Ceiling, tlp: Tlp | undefined): boolean {
  if (max === undefined) return true;
  const label = tlp ?? unmarked;
  return label !== 'unknown' && tlpRank(label) <= tlpRank(max);
}
