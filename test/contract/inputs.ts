import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FIXTURES = fileURLToPath(new URL('../fixtures/contract/', import.meta.url));

/** Three events, some of whose attributes are malformed, not marked, deleted or of no use; two are composites. */
export const FEED = join(FIXTURES, 'feed');

/** What becomes of its attributes, counted by hand. */
export const FEED_TOTALS = { read: 24, rejected: 6, indicators: 20, problems: 0 };

/** Two lists in the layout of MISP/misp-warninglists. */
export const WARNINGLISTS = join(FIXTURES, 'warninglists');

interface FeedEvent {
  readonly Event: {
    readonly uuid: string;
    readonly Attribute: readonly object[];
    readonly Object: readonly { readonly Attribute: readonly object[] }[];
    readonly Tag: readonly object[];
  };
}

/** The attributes of the feed as attributes/restSearch answers them: each with its event, and the event's tags. */
export function feedAsRows(): readonly object[] {
  const files = readdirSync(FEED).filter((name) => name !== 'manifest.json');
  return files.flatMap((name) => {
    const { Event }: FeedEvent = JSON.parse(readFileSync(join(FEED, name), 'utf8'));
    const { Attribute, Object: objects, ...event } = Event;
    const attributes = [...Attribute, ...objects.flatMap((object) => object.Attribute)];
    return attributes.map((attribute) => ({ Tag: [], ...attribute, event_uuid: event.uuid, Event: event }));
  });
}

/** The same feed, but one event is cut off in the middle. */
export function brokenFeed(): { readonly dir: string; readonly event: string } {
  const dir = mkdtempSync(join(tmpdir(), 'broken-feed-'));
  cpSync(FEED, dir, { recursive: true });
  const name = readdirSync(dir).find((file) => file !== 'manifest.json') ?? '';
  const text = readFileSync(join(FEED, name), 'utf8');
  writeFileSync(join(dir, name), text.slice(0, text.length / 2));
  return { dir, event: name.replace('.json', '') };
}
