import type { Indicator } from '@misp-pipeline/core';
import { messageText, metadataText } from './escape.ts';

/** Rules are lines of limited length, so what is listed in them is limited too. */
const MAX_EVENTS = 3;
const MAX_TECHNIQUES = 8;

/** What a rule's `msg` says: which kind of value, the value, and the first event that vouches for it. */
export function ruleMessage(indicator: Indicator, what: string): string {
  const [first] = indicator.origins;
  const others = indicator.origins.length - 1;
  const title = first === undefined ? '' : ` (${first.event.title}${others === 0 ? '' : ` +${others}`})`;
  return messageText(`MISP ${what} ${indicator.value}${title}`);
}

/**
 * What a rule's metadata say of an indicator, in a fixed order: its kind, the events that vouch for it, its TLP label,
 * confidence, dates and techniques. Engines split at commas and cannot escape, so names and values are word characters;
 * pairs of one name come one after the other.
 */
export function forEachMetadata(indicator: Indicator, use: (name: string, value: string) => void): void {
  use('misp_kind', indicator.kind);
  const events = eventsOf(indicator);
  for (const event of events.slice(0, MAX_EVENTS)) use('misp_event', metadataText(event));
  if (events.length > MAX_EVENTS) use('misp_events', `${events.length}`);
  if (indicator.tlp !== undefined) use('tlp', indicator.tlp);
  if (indicator.confidence !== undefined) use('confidence_score', `${indicator.confidence}`);
  if (indicator.firstSeen !== undefined) use('first_seen', day(indicator.firstSeen));
  if (indicator.lastSeen !== undefined) use('last_seen', day(indicator.lastSeen));
  for (const technique of indicator.techniques.slice(0, MAX_TECHNIQUES)) {
    use('mitre_technique_id', metadataText(technique));
  }
}

/** UUIDs of the events that vouch for an indicator: most often one. */
function eventsOf({ origins }: Indicator): readonly string[] {
  const uuids = origins.map(({ event }) => event.uuid);
  return uuids.length < 2 ? uuids : [...new Set(uuids)];
}

/** Pairs for `metadata:`: what {@link forEachMetadata} says, and `extra`. */
export function ruleMetadata(indicator: Indicator, extra: readonly string[] = []): string {
  let pairs = '';
  forEachMetadata(indicator, (name, value) => {
    pairs += pairs === '' ? `${name} ${value}` : `, ${name} ${value}`;
  });
  return [pairs, ...extra].join(', ');
}

/** Last second of the year 9999: nothing later can be written as `YYYY-MM-DD`. */
const LAST_SECOND = 253_402_300_799;

function day(seconds: number): string {
  return new Date(Math.min(Math.max(seconds, 0), LAST_SECOND) * 1000).toISOString().slice(0, 10);
}
