import type { IndicatorKind } from '@misp-pipeline/core';
import { isHexDigit } from '../fields.ts';
import { faultOf, halvesOf, isFault, part, type Reader } from './reading.ts';

/** Reads so many hexadecimal digits, also in capitals, in quotes, or in pairs with colons between them. */
export function hexReader(kind: IndicatorKind, digits: number): Reader {
  return (text) => {
    if (isHex(text, digits)) return [part(kind, text)];
    const hex = text.toLowerCase().replace(/["'`: ]/g, '');
    return isHex(hex, digits) ? [part(kind, hex)] : faultOf(text, 'invalid-hash');
  };
}

function isHex(text: string, digits: number): boolean {
  if (text.length !== digits) return false;
  for (let i = 0; i < digits; i++) if (!isHexDigit(text.charCodeAt(i))) return false;
  return true;
}

/** Reads `filename|hash`: the name and the hash of one file. */
export function fileReader(readName: Reader, readHash: Reader): Reader {
  return (text) => {
    const halves = halvesOf(text, text.lastIndexOf('|'));
    if (halves === undefined) return faultOf(text, 'invalid-composite');
    const name = readName(halves[0]);
    if (isFault(name)) return name;
    const hash = readHash(halves[1]);
    return isFault(hash) ? hash : [...name, ...hash];
  };
}

const JA4 = /^[a-z]\d\d[di]\d{4}[a-z0-9]{2}_[0-9a-f]{12}_[0-9a-f]{12}$/;

/** Reads the JA4 of a client; other fingerprints of the family have other forms. */
export const readJa4: Reader = (text) => {
  const fingerprint = text.toLowerCase();
  return JA4.test(fingerprint) ? [part('ja4', fingerprint)] : faultOf(text, 'invalid-hash');
};
