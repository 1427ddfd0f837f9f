import type { Indicator } from '@misp-pipeline/core';

/** A fingerprint as Suricata writes it: pairs of digits with colons between them. */
export function addColonKey({ value }: Indicator, keys: string[]): void {
  keys.push((value.match(/../g) ?? []).join(':'));
}
