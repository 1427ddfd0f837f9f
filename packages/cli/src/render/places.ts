import type { PlaceReport } from '@misp-pipeline/core';
import { counted, plain } from './number.ts';
import type { Style } from './style.ts';
import { visible } from './visible.ts';

/** What was copied where, a line for each place. */
export function placeLines(places: readonly PlaceReport[], indent: string, style: Style): string[] {
  return places.flatMap(({ place, written, corrected, removed, takenOver, unchanged, unmatched }) => [
    style('dim', `${indent}in ${visible(place)}: ${countsOf({ written, corrected, removed, unchanged })}`),
    ...takenOver.map((path) => style('yellow', `${indent}took over ${visible(path)}`)),
    ...unmatched.map((pattern) => style('yellow', `${indent}no file fits \`${visible(pattern)}\``)),
  ]);
}

type Counted = Pick<PlaceReport, 'written' | 'corrected' | 'removed' | 'unchanged'>;

function countsOf({ written, corrected, removed, unchanged }: Counted): string {
  const parts = Object.entries({ written, removed, 'given another owner or mode': corrected })
    .filter(([, paths]) => paths.length > 0)
    .map(([what, paths]) => `${counted(paths.length, 'file')} ${what}`);
  return [...parts, `${plain(unchanged)} unchanged`].join(', ');
}
