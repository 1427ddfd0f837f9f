import type { OriginRow, SharedOrigin } from '../sqlite/index-file.ts';
import type { Journey } from './journeys.ts';
import type { SharedDocuments } from './shared-documents.ts';

/** What the attribute of a journey says, in the form of the index. */
export function originRow({ indicator, stopped, stoppedFor }: Journey, documents: SharedDocuments): OriginRow {
  const { origins, tlp, tags, techniques, severity, confidence, firstSeen, lastSeen, updated } = indicator;
  const [origin] = origins;
  if (origin === undefined) throw new Error(`the indicator \`${indicator.value}\` has no origin`);
  const { uuid, title, date, org } = origin.event;
  const shared: SharedOrigin = {
    ...{ source: origin.source, event: { uuid, title, date, org }, type: origin.type, category: origin.category },
    ...{ tlp, tags, techniques, severity, confidence, stopped, stoppedFor: Object.fromEntries(stoppedFor) },
  };
  const { attribute, comment } = origin;
  return [documents.idOf(shared), attribute, comment, firstSeen ?? null, lastSeen ?? null, updated ?? null];
}
