import type { Indicator } from '@misp-pipeline/core';

/** A mail address alone and in angle brackets, as the envelope of a mail has it. */
export function addMailboxKeys({ value }: Indicator, keys: string[]): void {
  keys.push(value, `<${value}>`);
}
