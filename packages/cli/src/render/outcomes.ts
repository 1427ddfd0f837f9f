import { EXIT } from '@misp-pipeline/core';
import type { Change, Outcome, OutcomeFailure, OutcomeStatus } from '@misp-pipeline/misp';
import type { Style } from './style.ts';
import { table } from './table.ts';
import { visible } from './visible.ts';

const WORDS: Readonly<Record<OutcomeStatus, string>> = {
  changed: 'changed',
  unchanged: 'unchanged',
  planned: 'would change',
  done: 'done',
  queued: 'queued',
  failed: 'FAILED',
};

/** What became of each thing, one a line. */
export function outcomesText(outcomes: readonly Outcome[], style: Style): string {
  const rows = outcomes.map(({ id = '-', name, status, changes, note }) => ({
    result: WORDS[status],
    id,
    name: visible(name),
    what: [...changes.map(changeText), ...(note === undefined ? [] : [visible(note)])].join('; '),
  }));
  const text = table(rows, ['result', 'id', 'name', 'what']);
  return text.replace(/^FAILED/gm, (word) => style('red', word)).replace(/^changed/gm, (word) => style('green', word));
}

function changeText({ field, before, after }: Change): string {
  return `${field}: ${visible(before)} -> ${visible(after)}`;
}

const HINTS: Partial<Record<OutcomeFailure, string>> = {
  refused: 'The key may not do this; `misp-pipeline doctor` tells what it may. Changing feeds needs a site admin.',
  unknown: 'The command `list` beside this one shows ids and names.',
  redirected: 'MISP redirects to its login page while it is down for maintenance.',
  unchecked: 'The command `list` beside this one shows how it is now.',
  off: '`misp-pipeline feeds enable ID --cache` switches a feed and its caching on.',
};

/** What to do about what failed; each piece of advice once. */
export function outcomesAdvice(outcomes: readonly Outcome[]): string[] {
  const advice = outcomes.flatMap(({ failure }) => (failure && HINTS[failure]) ?? []);
  return [...new Set(advice)];
}

/** How many came out which way, such as `2 changed, 1 FAILED`. */
export function outcomesSummary(outcomes: readonly Outcome[]): string {
  const counts = new Map<string, number>();
  for (const { status } of outcomes) counts.set(WORDS[status], (counts.get(WORDS[status]) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ') || 'nothing to do';
}

/** The exit code that the worst outcome deserves. */
export function exitCodeOf(outcomes: readonly Outcome[]): number {
  const failures = outcomes.flatMap(({ failure }) => failure ?? []);
  if (failures.length === 0) return EXIT.ok;
  if (failures.includes('refused')) return EXIT.authentication;
  return failures.every((failure) => failure === 'unknown' || failure === 'ambiguous') ? EXIT.usage : EXIT.source;
}
