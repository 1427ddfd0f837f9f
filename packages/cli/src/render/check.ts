import type { CheckOutcome } from '@misp-pipeline/core';
import { counted } from './number.ts';
import type { Style } from './style.ts';
import { visible } from './visible.ts';

type Accepted = Extract<CheckOutcome, { state: 'accepted' }>;

/** What an engine said, without how often it was run: that depends on what it refused the last time, too. */
export type CheckVerdict = Exclude<CheckOutcome, Accepted> | Omit<Accepted, 'runs'>;

const UNCHECKED = {
  absent: 'not checked: its engine is not on this machine',
  off: 'not checked, as `check: off` says',
  'dry-run': undefined,
  none: undefined,
};

const QUARANTINED_SHOWN = 10;

export function verdictOf(check: CheckOutcome): CheckVerdict {
  if (check.state === 'unchecked') return check;
  const { runs: _, ...verdict } = check;
  return verdict;
}

/** What the engine refused, a line each, the first ones in full. */
export function quarantineTexts(check: CheckVerdict): string[] {
  if (check.state === 'unchecked') return [];
  const shown = check.quarantined.slice(0, QUARANTINED_SHOWN);
  const more = check.quarantined.length - shown.length;
  return [
    ...shown.map(({ kind, value, message }) => `left out ${kind} ${visible(value, 100)}: ${visible(message)}`),
    ...(more === 0 ? [] : [`left out ${counted(more, 'more indicator')}`]),
  ];
}

/** What the engine said of the files of an exporter. */
export function checkLines(check: CheckVerdict, indent: string, style: Style): string[] {
  const text = check.state === 'accepted' ? `loaded by ${check.engine}` : UNCHECKED[check.why];
  return [
    ...(text === undefined ? [] : [style('dim', indent + text)]),
    ...quarantineTexts(check).map((line) => style('yellow', indent + line)),
  ];
}
