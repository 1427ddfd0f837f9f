import type { Indicator } from '@misp-pipeline/core';
import type { Place } from '../subject/subject.ts';
import type { LogRecord } from './log-table.ts';
import {
  addressTexts,
  cookieTexts,
  hashTexts,
  hostTexts,
  pathTexts,
  pipeTexts,
  registryTexts,
  type Texts,
  uriTexts,
  whole,
} from './texts.ts';

/** A log record that must, or must not, make a rule fire. */
export interface Probe {
  readonly record: LogRecord;
  readonly mustFire: boolean;
}

/** Records of a log source that show an indicator, and near misses; empty when no record there can show it. */
export function probesAt(indicator: Indicator, place: Place): readonly Probe[] {
  const { hits, misses } = textsOf(indicator, place);
  const { port } = indicator;
  const data = dataOf(indicator);
  const around: LogRecord = {
    ...place.fixed,
    ...(port !== undefined && place.portField !== undefined ? { [place.portField]: port } : {}),
    ...(data !== undefined && place.dataField !== undefined ? { [place.dataField]: data } : {}),
  };
  const probe = (text: string, mustFire: boolean, other: LogRecord = {}): Probe => ({
    record: { ...around, [place.field]: text, ...other },
    mustFire,
  });
  const [first] = hits;
  if (first === undefined) return [];
  return [
    ...hits.map((text) => probe(text, true)),
    ...misses.filter((text) => !isAmong(text, hits)).map((text) => probe(text, false)),
    ...otherCircumstances(around, place).map((other) => probe(first, false, other)),
  ];
}

/** Letters in another case are the same to Sigma. */
function isAmong(text: string, hits: readonly string[]): boolean {
  return hits.some((hit) => hit.toLowerCase() === text.toLowerCase());
}

/** The value with another port, other data, in a record of another sort: one thing at a time. */
function otherCircumstances(around: LogRecord, { portField }: Place): readonly LogRecord[] {
  return Object.entries(around).map(([field, value]) => {
    if (field === portField) return { [field]: value === 1 ? 2 : 1 };
    return { [field]: typeof value === 'number' ? value + 1 : `${value}x` };
  });
}

function dataOf({ kind, value }: Indicator): string | undefined {
  return kind === 'regkey' && value.includes('|') ? value.slice(value.indexOf('|') + 1) : undefined;
}

function textsOf(indicator: Indicator, { logSource }: Place): Texts {
  const { kind, value } = indicator;
  switch (kind) {
    case 'domain':
    case 'hostname':
      return hostTexts(indicator);
    case 'ipv4':
    case 'ipv6':
    case 'cidr':
      return addressTexts(indicator, logSource.product);
    case 'uri':
      return uriTexts(indicator);
    case 'cookie':
      return cookieTexts(indicator);
    case 'md5':
    case 'sha1':
    case 'sha256':
    case 'imphash':
      return hashTexts(indicator);
    case 'filename':
    case 'email-attachment':
      return pathTexts(value, logSource.product);
    case 'process-name':
      return processTexts(value, logSource.product);
    case 'regkey':
      return registryTexts(value.split('|')[0] ?? value);
    case 'named-pipe':
      return pipeTexts(indicator);
    default:
      return whole(value);
  }
}

/** Windows shows a program that is listed without its ending with it. */
function processTexts(value: string, product: string | undefined): Texts {
  const texts = pathTexts(value, product);
  if (product !== 'windows' || value.includes('.') || /[\\/]/.test(value)) return texts;
  return { ...texts, hits: [...texts.hits, ...texts.hits.map((path) => `${path}.exe`)] };
}
