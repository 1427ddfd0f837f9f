import type { Indicator } from '@misp-pipeline/core';
import { forEachMetadata, messageText } from '@misp-pipeline/ids-rules';
import { LONGEST_LINE } from './dataset.ts';

/**
 * Line of a list with context, which Suricata 8 repeats in the alert as `alert.context.misp`: the title of the first event
 * that vouches for the value, and what a rule of the value's own would say in its metadata, under the same names; as far
 * as there is room.
 */
export function contextLine(value: string, indicator: Indicator, others: number): string {
  const count = others > 0 ? `,"others":${others}` : '';
  const title = messageText(indicator.origins[0]?.event.title ?? '');
  const before = `{"value":${quoted(value)},"title":`;
  const behind = `${count}${metadataOf(indicator)}}`;
  const room = LONGEST_LINE - before.length - behind.length;
  return room < '""'.length ? bareLine(value, indicator) : `${before}${shortened(title, room)}${behind}`;
}

/** The shortest line of a value. */
export function bareLine(value: string, { kind }: Pick<Indicator, 'kind'>): string {
  return `{"value":${quoted(value)},"misp_kind":["${kind}"]}`;
}

/** Text in JSON, of no more than `room` characters. A character of it takes six at most. */
function shortened(text: string, room: number): string {
  const whole = quoted(text);
  return whole.length <= room ? whole : quoted(text.slice(0, Math.floor((room - '""'.length) / '\\u0000'.length)));
}

/** Members of the object, each a list of texts. Written by hand, since there may be a million of them. */
function metadataOf(indicator: Indicator): string {
  let members = '';
  let last = '';
  const add = (name: string, value: string) => {
    members += name === last ? `,"${value}"` : `${last && ']'},"${name}":["${value}"`;
    last = name;
  };
  forEachMetadata(indicator, add);
  add('misp_severity', indicator.severity);
  return `${members}]`;
}

/** Text that stands for itself in JSON. */
const PLAIN = /^[ !#-[\]-~]*$/;
const BEYOND_ASCII = /[^\x20-\x7e]/g;

/** Text in JSON, in ASCII alone. A lone surrogate, which no file in UTF-8 can hold, becomes U+FFFD. */
function quoted(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  return JSON.stringify(text.toWellFormed()).replace(BEYOND_ASCII, escaped);
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
