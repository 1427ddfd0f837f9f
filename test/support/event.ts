import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface AttributeFields {
  readonly type: string;
  readonly value: string;
  readonly comment?: string;
  readonly tags?: readonly string[];
}

export interface EventFields {
  readonly uuid: string;
  readonly info?: string;
  readonly tags?: readonly string[];
  readonly org?: string;
  readonly attributes: readonly AttributeFields[];
}

/** Writes a MISP feed of the given events into a folder. */
export function writeFeed(folder: string, events: readonly EventFields[]): void {
  mkdirSync(folder, { recursive: true });
  const manifest: Record<string, object> = {};
  for (const event of events) {
    const head = {
      ...{ uuid: event.uuid, info: event.info ?? 'An event', date: '2026-11-20', threat_level_id: '1', analysis: '2' },
      ...{ published: true, timestamp: '1795000000', publish_timestamp: '1795000000' },
      Orgc: { name: event.org ?? 'Test CERT', uuid: '99999999-0000-4000-8000-000000000000' },
      Tag: (event.tags ?? ['tlp:clear']).map((name) => ({ name })),
    };
    const Attribute = event.attributes.map(({ type, value, comment = '', tags = [] }, i) => ({
      ...{ uuid: `${event.uuid.slice(0, 24)}${String(i).padStart(12, '0')}`, type, value, comment, to_ids: true },
      ...{ category: 'Network activity', timestamp: '1795000000', Tag: tags.map((name) => ({ name })) },
    }));
    writeFileSync(join(folder, `${event.uuid}.json`), JSON.stringify({ Event: { ...head, Attribute } }));
    manifest[event.uuid] = {
      info: head.info,
      date: head.date,
      timestamp: head.timestamp,
      Orgc: head.Orgc,
      Tag: head.Tag,
    };
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
}
