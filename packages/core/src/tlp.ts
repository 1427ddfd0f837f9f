import { TLP_LABELS, type Tlp } from './indicator.ts';

const RANK = new Map<Tlp, number>(TLP_LABELS.map((label, rank) => [label, rank]));

/** Position of a label from the widest audience (0) to the narrowest. */
export function tlpRank(label: Tlp): number {
  return RANK.get(label) ?? TLP_LABELS.length;
}

/** The label with the narrower audience. An unset label says nothing, so the other one stands. */
export function strictestTlp(a: Tlp | undefined, b: Tlp | undefined): Tlp | undefined {
  if (a === undefined) return b;
  if (b === undefined) return a;
  return tlpRank(a) >= tlpRank(b) ? a : b;
}
