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
 * Pairs for `metadata:`, in a fixed order: the events that vouch for the indicator, its TLP label, confidence, dates and
 * techniques. Engines split at commas and cannot escape, so the texts are reduced to word characters.
 */
export function ruleMetadata(indicator: Indicator, extra: readonly string[] = []): string {
  const pairs = [`misp_kind ${indicator.kind}`];
  const events = [...new Set(indicator.origins.map((origin) => origin.event.uuid))];
  for (const event of events.slice(0, MAX_EVENTS)) pairs.push(`misp_event ${metadataText(event)}`);
  if (events.length > MAX_EVENTS) pairs.push(`misp_events ${events.length}`);
  if (indicator.tlp !== undefined) pairs.push(`tlp ${indicator.tlp}`);
  if (indicator.confidence !== undefined) pairs.push(`confidence_score ${indicator.confidence}`);
  if (indicator.firstSeen !== undefined) pairs.push(`first_seen ${day(indicator.firstSeen)}`);
  if (indicator.lastSeen !== undefined) pairs.push(`last_seen ${day(indicator.lastSeen)}`);
  for (const technique of indicator.techniques.slice(0, MAX_TECHNIQUES)) {
    pairs.push(`mitre_technique_id ${metadataText(technique)}`);
  }
  for (const pair of extra) pairs.push(pair);
  return pairs.join(', ');
}

/** Last second of the year 9999: nothing later can be written as `YYYY-MM-DD`. */
const LAST_SECOND = 253_402_300_799;

function day(seconds: number): string {
  return new Date(Math.min(Math.max(seconds, 0), LAST_SECOND) * 1000).toISOString().slice(0, 10);
}
