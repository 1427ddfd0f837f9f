import type { ChangeCounts, ChangedIndicator, ChangeGroup, ExporterChanges, Reasons } from '@misp-pipeline/core';
import { endpointWords } from './endpoint.ts';
import { counted, plain } from './number.ts';
import type { Style } from './style.ts';
import { visible } from './visible.ts';

const CAUSES_SHOWN = 8;
const GROUPS_SHOWN = 5;
const EXAMPLES_SHOWN = 10;

const SIGNS = { added: '+', changed: '~', withdrawn: '-' } as const;
const COLOURS = { added: 'green', changed: 'yellow', withdrawn: 'red' } as const;
/** The ways in which an indicator can differ, in the order in which they are told. */
export const SORTS = ['added', 'changed', 'withdrawn'] as const;

export function isEmpty({ added, changed, withdrawn }: ChangeCounts): boolean {
  return added + changed + withdrawn === 0;
}

/** `+12 ~3 -5`, without what is none. */
export function countsText(counts: ChangeCounts): string {
  const parts = SORTS.filter((sort) => counts[sort] > 0).map((sort) => `${SIGNS[sort]}${plain(counts[sort])}`);
  return parts.length === 0 ? 'no change' : parts.join(' ');
}

/** What changes in one exporter, below a line that names it. */
export function changesLines(changes: ExporterChanges, style: Style): string[] {
  return [
    ...causeLines(changes.causes, style),
    ...groupLines('event', changes.events, style),
    ...groupLines('organisation', changes.organisations, style),
    ...SORTS.flatMap((sort) => exampleLines(changes, sort, style)),
  ];
}

/** What a person knows an event or an organisation by; an event without a title has only its UUID. */
export function titleOf({ id, title }: ChangeGroup): string {
  return title.trim() === '' ? id : title;
}

/** Causes with their counts, the most frequent first. */
export function sortedReasons(reasons: Reasons): [string, number][] {
  return Object.entries(reasons).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

/** Why indicators go, the most frequent causes first; undefined when none goes. */
export function causesText(causes: Reasons): string | undefined {
  const named = sortedReasons(causes).map(([cause, count]) => `${visible(cause)} ${plain(count)}`);
  if (named.length === 0) return undefined;
  const more = named.length - CAUSES_SHOWN;
  const shown = named.slice(0, CAUSES_SHOWN);
  return `withdrawn by cause: ${[...shown, ...(more > 0 ? [counted(more, 'more cause')] : [])].join(', ')}`;
}

function causeLines(causes: Reasons, style: Style): string[] {
  const text = causesText(causes);
  return text === undefined ? [] : [style('dim', `    ${text}`)];
}

function groupLines(noun: string, groups: readonly ChangeGroup[], style: Style): string[] {
  const named = groups.filter(({ id }) => id !== '');
  const shown = named.slice(0, GROUPS_SHOWN);
  const more = named.length - shown.length;
  return [
    ...shown.map((group) => style('dim', `    ${noun} ${visible(titleOf(group), 80)}: ${countsText(group)}`)),
    ...(more > 0 && shown.length > 0 ? [style('dim', `    and ${counted(more, `more ${noun}`)}`)] : []),
  ];
}

function exampleLines(changes: ExporterChanges, sort: (typeof SORTS)[number], style: Style): string[] {
  const shown = changes.examples[sort].slice(0, EXAMPLES_SHOWN);
  const more = changes[sort] - shown.length;
  return [
    ...shown.map((one) => `    ${style(COLOURS[sort], SIGNS[sort])} ${indicatorText(one)}`),
    ...(more > 0 ? [style('dim', `    ${SIGNS[sort]} and ${plain(more)} more`)] : []),
  ];
}

/** An indicator on one line, with the cause when it goes. */
export function indicatorText({ kind, value, direction, port, cause }: ChangedIndicator): string {
  const where = endpointWords({ direction, port });
  const details = [...where, ...(cause === undefined ? [] : [cause])];
  return `${kind} ${visible(value, 120)}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
}
