import type { Indicator } from '@misp-pipeline/core';

const NONE: readonly string[] = [];

/**
 * Keys of a host name. A list cannot match the names below a domain, so that the most common of them is listed too.
 * A name with a port has no key: the fields that hold names hold no ports.
 */
export function hostKeys(indicator: Indicator): readonly string[] {
  return indicator.port === undefined ? names(indicator) : NONE;
}

/** The same with the final dot, as Unbound's log of AAAA queries has it. */
export function dottedHostKeys(indicator: Indicator): readonly string[] {
  return hostKeys(indicator).map((name) => `${name}.`);
}

/** Targets of a proxy's CONNECT: `host:port`, with the port of HTTPS when the indicator has none. */
export function connectKeys(indicator: Indicator): readonly string[] {
  const { direction, port = 443 } = indicator;
  if (direction === 'source') return NONE;
  return names(indicator).map((name) => `${name}:${port}`);
}

function names({ kind, value }: Indicator): readonly string[] {
  if (kind === 'ipv6') return [`[${value}]`];
  return kind === 'domain' && !value.startsWith('www.') ? [value, `www.${value}`] : [value];
}
