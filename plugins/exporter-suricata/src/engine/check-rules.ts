import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckReport, findRefused, type RefusedEntry, type Staged } from '@misp-pipeline/core';
import { PartCheck } from './part-check.ts';
import { listOf } from './rule-parts.ts';
import { type StagedRule, StagedRules } from './staged-rules.ts';
import type { Suricata } from './suricata.ts';
import type { Verdict } from './verdict.ts';

/** A rule that the engine refuses, and why. */
interface RefusedRule extends StagedRule {
  readonly message: string;
}

/** The engine's word on all staged rules and lists; undefined when it is not to be found. */
export async function checkRules(
  staged: Staged,
  suricata: Suricata,
  workDir: string,
): Promise<CheckReport | undefined> {
  const verdict = await suricata.test(staged.dir);
  if (verdict === undefined) return undefined;
  const refused: RefusedEntry[] = [];
  if (!verdict.accepted) {
    const rules = new StagedRules(staged.dir);
    const parts = new PartCheck(suricata, staged, workDir);
    const named = namedRules(verdict, rules);
    const guilty = named.length > 0 ? named : await searchedRules(rules.all(), parts);
    refused.push(...(await refusedEntries(guilty, staged, parts)));
  }
  const { engine, accepted } = verdict;
  return { engine, accepted, runs: suricata.runs, refused, messages: messagesOf(verdict) };
}

function namedRules({ named }: Verdict, rules: StagedRules): RefusedRule[] {
  return named.flatMap((rule) => {
    const found = rules.find(rule);
    return found === undefined ? [] : [{ ...found, message: rule.cause }];
  });
}

/** Finds the rules that the engine refuses without a name. None when it refuses even the absence of rules. */
async function searchedRules(all: readonly StagedRule[], parts: PartCheck): Promise<RefusedRule[]> {
  const textsOf = (rules: readonly StagedRule[]) => rules.map(({ text }) => text);
  const isSettled = (await parts.ofRules([])).accepted;
  if (!isSettled) return [];
  const { refused } = await findRefused(all, async (rules) => (await parts.ofRules(textsOf(rules))).accepted);
  const found: RefusedRule[] = [];
  for (const rule of refused) {
    const { errors } = await parts.ofRules([rule.text]);
    found.push({ ...rule, message: errors.join('; ') });
  }
  return found;
}

/** The rules themselves, or, where it is their list that is refused, its lines. */
async function refusedEntries(
  rules: readonly RefusedRule[],
  staged: Staged,
  parts: PartCheck,
): Promise<RefusedEntry[]> {
  const entries: RefusedEntry[] = [];
  const linesOf = new Map<string, readonly RefusedEntry[]>();
  for (const rule of rules) {
    const list = suspectList(rule, staged);
    const lines = list === undefined ? [] : (linesOf.get(list) ?? (await refusedLines(rule, list, staged, parts)));
    if (list !== undefined) linesOf.set(list, lines);
    if (lines.length === 0) entries.push(rule);
  }
  return [...entries, ...[...linesOf.values()].flat()];
}

/** Parts of the engine that read lists. */
const OF_LISTS = /(?:^|; )(?:datasets?|detect-file-hash-common|rohash)\b/;

/** The list that a rule is refused for, if the engine speaks of lists. */
function suspectList({ text, message }: RefusedRule, { files }: Staged): string | undefined {
  const list = listOf(text);
  return list !== undefined && files.includes(list) && OF_LISTS.test(message) ? list : undefined;
}

async function refusedLines(
  { text, message }: RefusedRule,
  list: string,
  { dir }: Staged,
  parts: PartCheck,
): Promise<RefusedEntry[]> {
  const lines = readFileSync(join(dir, list), 'utf8').split('\n').slice(0, -1);
  const { refused } = await findRefused(lines, async (part) => (await parts.ofList(text, list, part)).accepted);
  return refused.map((line) => ({ file: list, text: line, message }));
}

const MOST_MESSAGES = 50;
const LONGEST_MESSAGE = 300;

/** The engine's own words, without repetitions and shortened for a report. */
function messagesOf({ errors, warnings }: Verdict): string[] {
  const messages = new Set([...errors, ...warnings].map((text) => text.slice(0, LONGEST_MESSAGE)));
  return [...messages].slice(0, MOST_MESSAGES);
}
