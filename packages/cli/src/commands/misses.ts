import type { Outcome } from '@misp-pipeline/misp';
import type { Context } from '../context.ts';
import { exitCodeOf } from '../render/outcomes.ts';
import { visible } from '../render/visible.ts';

/** Says which words chose nothing for a list, and answers the exit code. The list itself keeps its shape. */
export function sayMisses({ io }: Context, misses: readonly Outcome[]): number {
  for (const { name, note } of misses) io.say(`error: \`${visible(name)}\`: ${note}`);
  return exitCodeOf(misses);
}
