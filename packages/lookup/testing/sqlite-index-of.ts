import { type Indicator, makeIndicator } from '@misp-pipeline/core';
import { IndexBuilder } from '../src/build/index-builder.ts';
import type { KnownIndicator, KnownOrigin, Stopped } from '../src/known.ts';
import { SqliteIndex } from '../src/sqlite/sqlite-index.ts';

/** Builds the embedded index of a folder as a run would in which these indicators came and went their ways. */
export async function sqliteIndexOf(folder: string, indicators: readonly KnownIndicator[]): Promise<SqliteIndex> {
  const builder = new IndexBuilder(folder, { name: 'test', filters: [], exporters: [] });
  for (const known of indicators) {
    for (const origin of known.origins) {
      const indicator = asItCame(known, origin);
      builder.normalised(origin.source, indicator);
      if (origin.stopped !== undefined) drop(builder, undefined, indicator, origin.stopped);
      for (const [exporter, stopped] of Object.entries(origin.stoppedFor)) drop(builder, exporter, indicator, stopped);
    }
  }
  for (const { kind, value, direction, port, artefacts } of indicators) {
    const indicator = makeIndicator({ kind, value, direction, port });
    for (const { exporter, file, id } of artefacts) {
      builder.placed(exporter, indicator, { file, text: '', ...(id !== undefined && { id }) });
    }
  }
  await builder.finish({ built: '2026-11-24T00:00:00Z', release: undefined }, new AbortController().signal);
  return new SqliteIndex(folder);
}

function asItCame({ kind, value, direction, port }: KnownIndicator, origin: KnownOrigin): Indicator {
  const { source, attribute, type, category, comment, tlp, tags, techniques, severity, confidence } = origin;
  const { firstSeen, lastSeen, updated } = origin;
  return makeIndicator({
    ...{ kind, value, direction, port, tlp, tags, techniques, severity, confidence, firstSeen, lastSeen, updated },
    origins: [{ source, attribute, type, category, comment, event: { ...origin.event, link: undefined } }],
  });
}

function drop(builder: IndexBuilder, exporter: string | undefined, indicator: Indicator, stopped: Stopped): void {
  builder.dropped(stopped.filter, exporter, indicator, stopped.reason, stopped.detail);
}
