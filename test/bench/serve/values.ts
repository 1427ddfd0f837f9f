import { createHash } from 'node:crypto';
import type { IndicatorKind } from '@misp-pipeline/core';

/** Values of one event. */
export const PER_EVENT = 50;

/** The value with this number, of one of four kinds in turn; any two differ. */
export function numberedValue(number: number): { readonly kind: IndicatorKind; readonly value: string } {
  const digest = createHash('sha256').update(String(number)).digest('hex');
  const host = `${digest.slice(0, 12)}.example`;
  switch (number % 4) {
    case 0:
      return { kind: 'domain', value: host };
    case 1:
      return { kind: 'url', value: `http://${host}/${digest.slice(12, 24)}` };
    case 2:
      return { kind: 'ipv4', value: [10, number >>> 16, number >>> 8, number].map((part) => part & 255).join('.') };
    default:
      return { kind: 'sha256', value: digest };
  }
}
