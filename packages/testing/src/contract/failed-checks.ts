import type { Check } from './check.ts';

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
