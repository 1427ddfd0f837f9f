/** How a reload ended, in Snort's words. */
export interface Ending {
  readonly isComplete: boolean;
  /** The line, without what stands before it. */
  readonly line: string;
}

/**
 * Finds how a reload ended in what Snort prints: `== reload complete`, or `== reload failed - bad config`, or
 * `== reload pending; retry` where another is under way; Snort 2.9 says `--== Reload Complete ==--`. Undefined as long as
 * there is no such line.
 */
export function endingIn(printed: string): Ending | undefined {
  const [, line, how] = /(== reload (complete|failed|pending)[^\r\n]*)\r?\n/i.exec(printed) ?? [];
  return line === undefined ? undefined : { isComplete: how?.toLowerCase() === 'complete', line };
}

/** Most that is kept of what Snort prints, in characters. */
const MOST_KEPT = 1 << 16;

/** The end of what was printed, with what is printed now. */
export function kept(printed: string, more: string): string {
  return (printed + more).slice(-MOST_KEPT);
}
