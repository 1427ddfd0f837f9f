import { describe, expect, it } from 'vitest';

/** What is wrong, one line each; empty when nothing is. */
export type Problems = readonly string[];

/** One demand of a contract, as a plain function, so that the suites themselves can be tested. */
export interface Check<Subject> {
  /** What a stage does when the demand is met: the rest of a sentence that begins with the stage. */
  readonly name: string;
  /** Finds what is wrong. Throwing is a fault of the stage as well. */
  readonly problems: (subject: Subject) => Problems | Promise<Problems>;
}

const MOST_SHOWN = 20;

/** Declares one vitest case for each check. */
export function declareChecks<Subject>(title: string, checks: readonly Check<Subject>[], subject: Subject): void {
  describe(title, () => {
    for (const check of checks) {
      it(check.name, async () => {
        const problems = await check.problems(subject);
        if (problems.length > 0) expect.fail(problems.slice(0, MOST_SHOWN).join('\n'));
      });
    }
  });
}

/** Form of a reason for which an indicator goes no further: `tlp:red`. Reports count by it. */
export const REASON = /^[a-z0-9-]+:\S+$/;

/** Names of the checks that a stage fails, with what they say. */
export async function failedChecks<Subject>(
  checks: readonly Check<Subject>[],
  subject: Subject,
): Promise<Record<string, string>> {
  const failed: Record<string, string> = {};
  for (const check of checks) {
    try {
      const problems = await check.problems(subject);
      if (problems.length > 0) failed[check.name] = problems.join('\n');
    } catch (error) {
      failed[check.name] = String(error);
    }
  }
  return failed;
}
