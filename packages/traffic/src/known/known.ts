import type { IndicatorKind } from '@misp-pipeline/core';

export interface Digest {
  readonly kind: IndicatorKind;
  readonly value: string;
}

/**
 * Something of which we have the bytes. No digest can be turned back into what it was made of, so only an indicator that
 * is a digest of one of these can be proven.
 */
export interface Known<T> {
  /** Such as `a small program`. */
  readonly what: string;
  readonly thing: T;
  readonly digests: readonly Digest[];
}

export function hasDigest({ digests }: Known<unknown>, { kind, value }: Digest): boolean {
  return digests.some((digest) => digest.kind === kind && digest.value === value);
}

/** The one that has the digest. */
export function findKnown<T>(list: readonly Known<T>[], digest: Digest): Known<T> | undefined {
  return list.find((known) => hasDigest(known, digest));
}
