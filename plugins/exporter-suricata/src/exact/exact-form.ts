import { contentText } from '@misp-pipeline/ids-rules';
import type { DatasetType } from '../lists/dataset.ts';
import type { Traffic } from '../rules/meaning.ts';

/** How values are compared with buffers of the engine, whole. */
export interface ExactForm {
  /** Name of the list, should there be many values. */
  readonly list: string;
  readonly traffic: Traffic;
  /** Where the value shows: a protocol, and the options that select the buffer. */
  readonly sights: readonly { readonly protocol: 'ip' | 'http' | 'tls' | 'quic' | 'ssh'; readonly buffer: string }[];
  /** Options that compare the buffer with a value. */
  readonly match: (value: string) => string;
  readonly listType: DatasetType;
  /** The value as it stands in the list. */
  readonly listed: (value: string) => string;
}

/** The buffer holds the value as text. */
export const TEXT = {
  match: (value: string) => `content:"${contentText(value)}"; bsize:${Buffer.byteLength(value)};`,
  listType: 'string',
  listed: (value: string) => value,
} as const;

/** The buffer holds the bytes of which the value gives the hexadecimal digits. */
export const DIGEST = {
  match: (value: string) => `content:"|${inPairs(value, ' ')}|"; bsize:${value.length / 2};`,
  listed: (value: string) => value,
};

/** The buffer holds the value as `aa:bb:...`. */
export const PAIRS = {
  match: (value: string) => `content:"${contentText(inPairs(value, ':'))}";`,
  listType: 'string',
  listed: (value: string) => inPairs(value, ':'),
} as const;

function inPairs(hex: string, separator: string): string {
  return hex.replace(/..(?!$)/g, `$&${separator}`);
}
