import type { CheckOutcome } from '@misp-pipeline/core';
import { counted } from './number.ts';
import type { Style } from './style.ts';
import { visible } from './visible.ts';

const UNCHECKED = {
  absent: 'not checked: its engine is not on this machine',
  off: 'not checked, as `check: off` says',
  'dry-run': undefined,
  none: undefined,
};

const QUARANTINED_SHOWN = 10;

/** Whether an engine took the files of an exporter; undefined where nothing is to be said of it. */
export function checkText(check: CheckOutcome): string | undefined {
  return check.state === 'accepted'
    ? `loaded by ${check.engine} (${counted(check.runs, 'run')})`
    : UNCHECKED[check.why];
}

/** What the engine refused, a line each, the first ones in full. */
export function quarantineTexts(check: CheckOutcome): string[] {
  if (check.state === 'unchecked') return [];
  const shown = check.quarantined.slice(0, QUARANTINED_SHOWN);
  const more = check.quarantined.length - shown.length;
  return [
    ...shown.map(({ kind, value, message }) => `left out ${kind} ${visible(value, 100)}: ${visible(message)}`),
    ...(more === 0 ? [] : [`left out ${counted(more, 'more indicator')}`]),
  ];
}

/** What the engine said of the files of an exporter. */
export function checkLines(check: CheckOutcome, indent: string, style: Style): string[] {
  const text = checkText(check);
  return [
    ...(text === undefined ? [] : [style('dim', indent + text)]),
    ...quarantineTexts(check).map((line) => style('yellow', indent + line)),
  ];
}
