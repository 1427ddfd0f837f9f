import type { IndicatorKind } from '@misp-pipeline/core';

/** All plausible readings of a bare value that a person typed, defanged or not, in canonical form. */
export function candidatesOf(_text: string): readonly { readonly kind: IndicatorKind; readonly value: string }[] {
  return [];
}
