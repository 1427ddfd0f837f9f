import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/cli.ts';

const FIXTURES = join(ROOT, 'test/fixtures/contract');

/** Two lists in the layout of MISP/misp-warninglists. */
export const WARNINGLISTS = join(FIXTURES, 'warninglists');

/** Enough for several batches. */
const PLAIN = 3500;

/** What becomes of the attributes of {@link makeFeed}, those of the fixture counted by hand. */
export const FEED_TOTALS = { read: 24 + PLAIN, rejected: 6, indicators: 20 + PLAIN, problems: 0 };

interface FeedEvent {
  readonly Event: {
    readonly uuid: string;
    readonly Attribute: readonly object[];
    readonly Object?: readonly { readonly Attribute: readonly object[] }[];
  };
}

/**
 * The feed of the fixtures, some of whose attributes are malformed, not marked, deleted, of no use or composites, and
 * one event more with many plain ones.
 */
export function makeFeed(): string {
  const dir = mkdtempSync(join(tmpdir(), 'feed-'));
  cpSync(join(FIXTURES, 'feed'), dir, { recursive: true });
  const uuid = '0c0ffee0-0000-4000-8000-00000000e004';
  const head = { info: 'Many plain domains', date: '2025-11-24', timestamp: '1763700004' };
  const Attribute = Array.from({ length: PLAIN }, (_, i) => ({
    ...{ type: 'domain', category: 'Network activity', to_ids: true, value: `plain-${i}.example` },
    uuid: `0c0ffee1-0000-4000-8000-${String(i).padStart(12, '0')}`,
  }));
  writeFileSync(join(dir, `${uuid}.json`), JSON.stringify({ Event: { uuid, ...head, Attribute } }));
  const manifest = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'));
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify({ ...manifest, [uuid]: head }));
  return dir;
}

/** The attributes of a feed as attributes/restSearch answers them: each with its event, and the event's tags. */
export function feedAsRows(dir: string): readonly object[] {
  let rows = 0;
  return eventFiles(dir).flatMap((name, i) => {
    const { Event }: FeedEvent = JSON.parse(readFileSync(join(dir, name), 'utf8'));
    const { Attribute, Object: objects = [], ...fields } = Event;
    const event = { id: `${i + 1}`, ...fields };
    const attributes = [...Attribute, ...objects.flatMap((object) => object.Attribute)];
    return attributes.map((attribute) => ({
      id: `${++rows}`,
      Tag: [],
      ...attribute,
      event_uuid: event.uuid,
      Event: event,
    }));
  });
}

/** The same feed, but one event is cut off in the middle. */
export function makeBrokenFeed(): { readonly dir: string; readonly event: string } {
  const dir = makeFeed();
  const name = eventFiles(dir)[0] ?? '';
  const text = readFileSync(join(dir, name), 'utf8');
  writeFileSync(join(dir, name), text.slice(0, text.length / 2));
  return { dir, event: name.replace('.json', '') };
}

function eventFiles(dir: string): string[] {
  return readdirSync(dir).filter((name) => name !== 'manifest.json');
}
