import type { SourceReport, SyncReport } from '@misp-pipeline/core';
import { counted, plain } from './number.ts';
import type { Style } from './style.ts';

/** How a source's mirror was brought up to date, in one line; none for a source without a mirror. */
export function syncLines({ id, sync }: SourceReport, style: Style): string[] {
  if (sync === undefined) return [];
  const { mode, requests, withdrawn, held } = sync;
  const parts = [
    `${mode === 'full' ? 'full sweep' : 'changes'} in ${counted(requests, 'request')}`,
    receivedOf(sync),
    ...(withdrawn > 0 ? [`${plain(withdrawn)} withdrawn`] : []),
    ...(held > 0 ? [`${plain(held)} held while their event is edited`] : []),
  ];
  return [style('dim', `    - ${id}: ${parts.join(', ')}`)];
}

function receivedOf({ counted: expected, received }: SyncReport): string {
  return expected === received
    ? `all ${plain(received)} received`
    : `${plain(received)} of ${plain(expected)} received`;
}
