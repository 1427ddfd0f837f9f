import { hash } from 'node:crypto';

/** What is stored of one indicator: the value that is asked for and about as much text as an indicator of one attribute has. */
export interface StoredRecord {
  readonly value: string;
  readonly document: string;
}

/** The same value for the same number, of the kinds that are most frequent; different numbers give different values. */
export function valueAt(number: number): string {
  const digits = hash('sha256', String(number));
  switch (number % 4) {
    case 0:
      return digits;
    case 1:
      return `${digits.slice(0, 9)}.${digits.slice(9, 12)}.example`;
    case 2:
      return `https://${digits.slice(0, 9)}.example/${digits.slice(10, 30)}`;
    default:
      return `10.${number >>> 18}.${(number >>> 10) & 255}.${(number >>> 2) & 255}`;
  }
}

export function recordOf(number: number): StoredRecord {
  const attribute = hash('sha1', String(number)).slice(0, 36);
  const origins = [[number % 50_000, attribute, '', null, 1_790_000_000 + number, 1_790_000_000 + number]];
  const artefacts = [
    [number % 7, `sid ${number}`],
    [number % 11, null],
  ];
  return { value: valueAt(number), document: JSON.stringify([origins, artefacts]) };
}

/** 53 bits, which both SQLite and JavaScript hold exactly. */
export function hashOf(value: string): number {
  const bytes = hash('sha1', value, 'buffer');
  return bytes.readUIntBE(0, 6) * 32 + (bytes.readUInt8(6) >>> 3);
}
