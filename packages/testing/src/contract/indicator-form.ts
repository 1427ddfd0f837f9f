import {
  canonicalCidr,
  canonicalHost,
  canonicalIp,
  canonicalUrl,
  INDICATOR_KINDS,
  type Indicator,
  type IndicatorKind,
  type Origin,
  SEVERITIES,
  TLP_LABELS,
} from '@misp-pipeline/core';

const address = (value: string) => canonicalIp(value);
const host = (value: string) => canonicalHost(value) === value;
const hex = (digits: number) => {
  const form = new RegExp(`^[0-9a-f]{${digits}}$`);
  return (value: string) => form.test(value);
};

/** Kinds whose canonical form can be told from the value alone; of the others only that they are not empty. */
const CANONICAL: Partial<Record<IndicatorKind, (value: string) => boolean>> = {
  ipv4: (value) => address(value)?.kind === 'ipv4' && address(value)?.value === value,
  ipv6: (value) => address(value)?.kind === 'ipv6' && address(value)?.value === value,
  cidr: (value) => canonicalCidr(value)?.kind === 'cidr' && canonicalCidr(value)?.value === value,
  domain: host,
  hostname: host,
  url: (value) => canonicalUrl(value) === value,
  ja3: hex(32),
  jarm: hex(62),
  hassh: hex(32),
  hasshserver: hex(32),
  imphash: hex(32),
  'x509-md5': hex(32),
  'x509-sha1': hex(40),
  'x509-sha256': hex(64),
  md5: hex(32),
  sha1: hex(40),
  sha224: hex(56),
  sha256: hex(64),
  sha384: hex(96),
  sha512: hex(128),
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TECHNIQUE = /^T\d{4}(\.\d{3})?$/;
/** Seconds up to the year 2286; milliseconds of any recent time are larger. */
const LATEST = 10_000_000_000;

/** Where an indicator departs from what `Indicator` promises, one line each. */
export function indicatorProblems(indicator: Indicator): string[] {
  const { kind, value, direction, port, tlp, confidence } = indicator;
  const name = `${kind}:${value.slice(0, 80)}`;
  const problems: string[] = [];
  const demand = (holds: boolean, what: string) => {
    if (!holds) problems.push(`\`${name}\`: ${what}`);
  };
  demand(INDICATOR_KINDS.includes(kind), 'the kind is unknown');
  demand(value !== '', 'the value is empty');
  demand(CANONICAL[kind]?.(value) ?? true, 'the value is not canonical');
  demand(direction === undefined || direction === 'source' || direction === 'destination', `direction ${direction}`);
  demand(port === undefined || (Number.isInteger(port) && isWithin(port, 1, 65535)), `port ${port}`);
  demand(tlp === undefined || TLP_LABELS.includes(tlp), `tlp ${tlp}`);
  demand(SEVERITIES.includes(indicator.severity), `severity ${indicator.severity}`);
  demand(confidence === undefined || isWithin(confidence, 0, 100), `confidence ${confidence}`);
  demand(typeof indicator.sharedHost === 'boolean', `sharedHost ${indicator.sharedHost}`);
  for (const list of ['companions', 'tags', 'techniques'] as const) {
    demand(isSortedSet(indicator[list]), `${list} are not sorted, or hold duplicates`);
  }
  demand(
    indicator.techniques.every((id) => TECHNIQUE.test(id)),
    `techniques ${indicator.techniques.join(', ')}`,
  );
  for (const time of ['firstSeen', 'lastSeen', 'updated'] as const) {
    const seconds = indicator[time];
    demand(seconds === undefined || isWithin(seconds, 0, LATEST), `${time} ${seconds} is no number of seconds`);
  }
  demand(indicator.origins.length > 0, 'no origin vouches for it');
  for (const origin of indicator.origins) problems.push(...originProblems(name, origin));
  return problems;
}

function originProblems(name: string, { source, event, attribute, type }: Origin): string[] {
  const problems: string[] = [];
  if (source === '') problems.push(`\`${name}\`: the origin names no source`);
  if (!UUID.test(event.uuid)) problems.push(`\`${name}\`: event uuid \`${event.uuid}\``);
  if (!/^(\d{4}-\d{2}-\d{2})?$/.test(event.date)) problems.push(`\`${name}\`: event date \`${event.date}\``);
  if (!UUID.test(attribute)) problems.push(`\`${name}\`: attribute uuid \`${attribute}\``);
  if (type === '') problems.push(`\`${name}\`: the origin has no type`);
  return problems;
}

function isWithin(value: number, first: number, last: number): boolean {
  return value >= first && value <= last;
}

function isSortedSet(list: readonly string[]): boolean {
  return list.every((item, i) => i === 0 || (list[i - 1] ?? '') < item);
}
