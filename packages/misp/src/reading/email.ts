import { canonicalHost, type IndicatorKind } from '@misp-pipeline/core';
import { refangHost } from '../refang.ts';
import { faultOf, hasControls, hasInvisibles, part, type Reader } from './reading.ts';

/** Reads a mail address, also defanged, as `mailto:` or as `Name <address>`. All of it becomes lower case, as in MISP. */
export function emailReader(kind: IndicatorKind): Reader {
  return (text) => {
    const bare = bareAddress(text);
    const address = canonicalEmail(bare) ?? canonicalEmail(refangHost(bare));
    return address === undefined ? faultOf(text, 'invalid-email') : [part(kind, address)];
  };
}

function bareAddress(text: string): string {
  const open = text.endsWith('>') ? text.lastIndexOf('<') : -1;
  const address = open < 0 ? text : text.slice(open + 1, -1);
  return address.replace(/^mailto:/i, '').trim();
}

function canonicalEmail(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  if (!/^[^\s@<>]+$/.test(local) || hasControls(local) || hasInvisibles(local)) return undefined;
  const host = canonicalHost(text.slice(at + 1));
  return host && `${local.toLowerCase()}@${host}`;
}
