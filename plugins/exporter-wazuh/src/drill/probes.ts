import { type DrillTarget, type Placement, splitUrl } from '@misp-pipeline/core';
import { ADDRESS_LISTS } from '../lists/addresses.ts';
import type { Fields, LogSource, LookUp } from '../look-up.ts';
import { PATTERN_FILE } from '../pattern-rules.ts';
import type { Expectation } from './expectation.ts';
import { entryOf } from './published-lists.ts';
import { variantsOf } from './variants.ts';

/** Places in one list that are proven each; an IPv6 address has three. */
const MOST_PLACES = 4;

/** A log line, and what must become of it. */
export interface Probe {
  readonly what: string;
  readonly line: string;
  /** Ids of the rules one of which has to take it; none when no rule of ours may. */
  readonly rules: ReadonlySet<number>;
}

/** The smallest events of all logs that must trigger on an indicator, and near misses that must not. */
export function probesOf(
  target: DrillTarget,
  logSources: readonly LogSource[],
  expectation: Expectation,
): readonly Probe[] {
  const events = logSources.flatMap((source) => source.lookUps.flatMap((lookUp) => eventsOf(target, source, lookUp)));
  return events.flatMap((event) => {
    const { source, fields } = event;
    const rules = expectation.rulesFor(source, fields);
    const hit = rules.size === 0 ? undefined : probeOf(source, fields, rules);
    if (hit === undefined) return [];
    const unlisted = nearMisses(event).filter((near) => expectation.rulesFor(source, near).size === 0);
    return [hit, ...unlisted.flatMap((near) => probeOf(source, near, new Set()) ?? [])];
  });
}

/** Events with another value, or with an address in the field of the other direction. */
function nearMisses({ source, lookUp: { field, list }, fields }: Event): readonly Fields[] {
  const { [field]: value = '', ...rest } = fields;
  const otherValues = variantsOf(value).map((variant) => ({ ...fields, [field]: variant }));
  if (!ADDRESS_LISTS.includes(list)) return otherValues;
  const addressFields = source.lookUps.flatMap((other) => (ADDRESS_LISTS.includes(other.list) ? other.field : []));
  const otherFields = [...new Set(addressFields)].filter((other) => other !== field);
  return [...otherValues, ...otherFields.map((other) => ({ ...rest, [other]: value }))];
}

/** A line with these fields; undefined when the log has no such line. */
export function probeOf({ title, record }: LogSource, fields: Fields, rules: ReadonlySet<number>): Probe | undefined {
  const line = record?.(fields);
  if (line === undefined || /[\r\n]/.test(line)) return undefined;
  const values = Object.entries(fields).map(([name, value]) => `${name} \`${value}\``);
  return { what: `${title} with ${values.join(' and ')}`, line, rules };
}

interface Event {
  readonly source: LogSource;
  readonly lookUp: LookUp;
  readonly fields: Fields;
}

/** Events in which a look-up sees the indicator, one for each of its places in the look-up's list or rules. */
function eventsOf({ indicator, placements }: DrillTarget, source: LogSource, lookUp: LookUp): readonly Event[] {
  const { field, list, also, where, inside } = lookUp;
  const eventWith = (value: string, more: Fields = {}): Event => ({
    source,
    lookUp,
    fields: { ...more, [field]: value },
  });
  const listed = placements.filter(({ file }) => file === `lists/${list.name}`);
  const events = fewOf(listed).map(({ text }) => {
    const [key] = entryOf(text);
    if (list.lookup === 'address_match_key') return eventWith(addressIn(key));
    if (also !== undefined) return eventWith(key, { [also.field]: splitUrl(indicator.value).host });
    return eventWith(key, where && { [where.field]: where.example });
  });
  if (!inside?.pattern.kinds.includes(indicator.kind)) return events;
  const isInside = placements.some(({ file }) => file === PATTERN_FILE);
  return isInside ? [...events, eventWith(inside.pattern.example(indicator))] : events;
}

/** Both ends of many places: the addresses of a network are all written in one way. */
function fewOf(placements: readonly Placement[]): readonly Placement[] {
  return placements.length <= MOST_PLACES ? placements : [...placements.slice(0, 1), ...placements.slice(-1)];
}

/** An address that begins in this way. */
function addressIn(beginning: string): string {
  const octets = beginning.split('.').filter((octet) => octet !== '');
  return [...octets, '7', '7', '7'].slice(0, 4).join('.');
}
