import type { Indicator } from '@misp-pipeline/core';

/**
 * Keys of a host name. A list cannot match the names below a domain, so that the most common of them is listed too.
 * A name with a port has no key: the fields that hold names hold no ports.
 */
export function addHostKeys(indicator: Indicator, keys: string[]): void {
  if (indicator.port === undefined) addNames(indicator, '', keys);
}

/** The same with the final dot, as Unbound's log of AAAA queries has it. */
export function addDottedHostKeys(indicator: Indicator, keys: string[]): void {
  if (indicator.port === undefined) addNames(indicator, '.', keys);
}

/** Targets of a proxy's CONNECT: `host:port`, with the port of HTTPS when the indicator has none. */
export function addConnectKeys(indicator: Indicator, keys: string[]): void {
  const { kind, value, direction, port = 443 } = indicator;
  if (direction === 'source') return;
  if (kind === 'ipv6') keys.push(`[${value}]:${port}`);
  else addNames(indicator, `:${port}`, keys);
}

/** Joined, a key is a string of one piece; concatenated, it would be a chain that sorting has to copy first. */
function addNames({ kind, value }: Indicator, ending: string, keys: string[]): void {
  keys.push(ending === '' ? value : [value, ending].join(''));
  if (kind === 'domain' && !value.startsWith('www.')) keys.push(['www.', value, ending].join(''));
}
