import { type Indicator, indicatorKey } from '@misp-pipeline/core';
import type { Traffic } from '../rules/meaning.ts';
import { endpointText, framed, listFrame, ONCE_AN_HOUR, ruleFrame } from '../rules/rule-text.ts';
import { inLists, type Ruleset } from '../ruleset.ts';
import { type AddressList, addressLists } from './address-lists.ts';

/** What 100,000 addresses cost the engine grows faster than their number: 1.5 GB as rules, 50 MB in rules of many. */
const MOST_ADDRESS_RULES = 1000;

/** Addresses or networks, all of one kind. */
export function writeAddresses(addresses: readonly Indicator[], ruleset: Ruleset): void {
  const asLists = inLists(ruleset, addresses.length, MOST_ADDRESS_RULES);
  const listed: Indicator[] = [];
  for (const indicator of addresses) {
    const fault = tooBroad(indicator);
    if (fault !== undefined) ruleset.skip(indicator, fault);
    else if (!asLists) ruleset.room.claim([indicator], 1, () => writeAddress(indicator, ruleset));
    else if (ruleset.reputation === undefined || indicator.port !== undefined) listed.push(indicator);
    else ruleset.reputation.add(indicator);
  }
  for (const list of addressLists(listed)) writeAddressList(list, ruleset);
}

/** Why a rule for an address would alert on traffic that has nothing to do with the threat, if it would. */
function tooBroad({ kind, value, port, sharedHost }: Indicator): string | undefined {
  if (sharedHost && port === undefined) return 'too-broad:shared-host';
  if (kind !== 'cidr') return undefined;
  const widest = value.includes(':') ? 16 : 8;
  return Number(value.slice(value.indexOf('/') + 1)) < widest ? 'too-broad:cidr' : undefined;
}

function writeAddress(indicator: Indicator, { rules }: Ruleset): void {
  const frame = ruleFrame(indicator, endpointText(indicator), trafficOf(indicator));
  const options = framed(frame, limitOf(indicator));
  rules.add({ key: `${indicatorKey(indicator)} ip`, header: headerOf(indicator, indicator.value), options }, indicator);
}

function writeAddressList({ name, members, first }: AddressList, { rules }: Ruleset): void {
  const frame = listFrame(`${endpointText(first)} in list ${name}`, trafficOf(first), [`misp_kind ${first.kind}`]);
  const addresses = members.map(({ value }) => value).join(',');
  const options = framed(frame, limitOf(first));
  rules.addFor(members, { key: `${name} ip`, header: headerOf(first, `[${addresses}]`), options });
}

type Endpoint = Pick<Indicator, 'kind' | 'direction' | 'port'>;

function trafficOf({ direction }: Endpoint): Traffic {
  if (direction === 'destination') return 'outgoing';
  return direction === 'source' ? 'incoming' : 'passing';
}

/** `any` instead of `$HOME_NET`: the packaged one holds no IPv6, and proxies and resolvers may stand on either side. */
function headerOf({ direction, port }: Endpoint, address: string): string {
  const there = `${address} ${port ?? 'any'}`;
  if (direction === 'destination') return `alert ip any any -> ${there}`;
  return direction === 'source' ? `alert ip ${there} -> any any` : `alert ip any any <> ${there}`;
}

/**
 * A rule for one direction without a port alerts once a flow. With a port the engine inspects every packet, and a rule
 * for both directions alerts once in each.
 */
function limitOf({ direction, port }: Endpoint): string {
  const oncePerFlow = direction !== undefined && port === undefined;
  return oncePerFlow ? '' : ONCE_AN_HOUR;
}
