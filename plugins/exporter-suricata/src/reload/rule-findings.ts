import { type Published, z } from '@misp-pipeline/core';
import { type Control, Misbehaviour } from './control.ts';
import { type Finding, fault, fine } from './finding.ts';
import type { LiveRules } from './live-rules.ts';
import { counted, quoted } from './words.ts';

const statsShape = z.array(z.object({ rules_loaded: z.int(), rules_failed: z.int(), rules_skipped: z.int() })).min(1);
const failedShape = z.array(z.object({ rule: z.string(), filename: z.string(), line: z.int() }));

/** Rules of a sensor, ours and those of others. A sensor with tenants has a set of rules for each. */
interface RuleCounts {
  readonly loaded: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What the engine says of its rules, held against the rule files of ours that it loads. */
export async function ruleFindings(
  control: Control,
  live: LiveRules,
  { files }: Published,
  loaded: readonly string[],
): Promise<Finding[]> {
  const counts = await countsOf(control);
  const expected = files.reduce((sum, { path, entries }) => (loaded.includes(path) ? sum + entries : sum), 0);
  return [...countFindings(counts, live, expected), ...(await failedFindings(control, live))];
}

async function countsOf(control: Control): Promise<RuleCounts> {
  const sets = await shaped(control, 'ruleset-stats', statsShape);
  const sum = (count: (set: (typeof sets)[number]) => number) => sets.reduce((total, set) => total + count(set), 0);
  return {
    loaded: sum((set) => set.rules_loaded),
    failed: sum((set) => set.rules_failed),
    skipped: sum((set) => set.rules_skipped),
  };
}

/**
 * The engine counts the rules of all files together. Of what it says it skipped, ours for other versions are known; our
 * rules that need a feature may be among the rest.
 */
function countFindings({ loaded, failed, skipped }: RuleCounts, live: LiveRules, expected: number): Finding[] {
  const withoutFeature = Math.min(live.featured, Math.max(0, skipped - live.skipped));
  const said = `the engine loaded ${counted(loaded, 'rule')}, skipped ${skipped} and failed to load ${failed}`;
  const ours = `of ours ${expected} have to be loaded and ${live.skipped} skipped`;
  const isTooFew = loaded + withoutFeature < expected || skipped < live.skipped;
  return [isTooFew ? fault(`${said}, but ${ours}`) : fine(`${said}; ${ours}`)];
}

const MOST_NAMED = 10;

/** Rules of others may fail: that was so before. */
async function failedFindings(control: Control, live: LiveRules): Promise<Finding[]> {
  const failed = await shaped(control, 'ruleset-failed-rules', failedShape);
  const ours = failed.filter(({ filename, rule }) => live.owns(filename, rule));
  const findings = ours
    .slice(0, MOST_NAMED)
    .map(({ rule, filename, line }) =>
      fault(`the engine refused line ${line} of ${quoted(filename)}: ${quoted(rule)}`),
    );
  if (ours.length > MOST_NAMED)
    findings.push(fault(`the engine refused ${counted(ours.length - MOST_NAMED, 'more rule')} of ours`));
  const others = failed.length - ours.length;
  if (others > 0) findings.push(fine(`${counted(others, 'rule')} of other files failed`));
  return findings;
}

async function shaped<T>(control: Control, command: string, shape: z.ZodType<T>): Promise<T> {
  const message = await control.demand(command);
  const result = shape.safeParse(message);
  if (!result.success) throw new Misbehaviour(`answered \`${command}\` with ${quoted(message)}`);
  return result.data;
}
