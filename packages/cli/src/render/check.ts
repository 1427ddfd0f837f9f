import type { ExporterReport } from '@misp-pipeline/core';
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

/** What the engine said of the files of an exporter. */
export function checkLines({ check }: ExporterReport, style: Style): string[] {
  const indent = ' '.repeat(15);
  if (check.state === 'unchecked') {
    const why = UNCHECKED[check.why];
    return why === undefined ? [] : [style('dim', `${indent}${why}`)];
  }
  const { engine, runs, quarantined } = check;
  const shown = quarantined.slice(0, QUARANTINED_SHOWN);
  const more = quarantined.length - shown.length;
  return [
    style('dim', `${indent}loaded by ${engine} (${counted(runs, 'run')})`),
    ...shown.map(({ kind, value, message }) =>
      style('yellow', `${indent}left out ${kind} ${visible(value, 100)}: ${visible(message)}`),
    ),
    ...(more === 0 ? [] : [style('yellow', `${indent}left out ${counted(more, 'more indicator')}`)]),
  ];
}
