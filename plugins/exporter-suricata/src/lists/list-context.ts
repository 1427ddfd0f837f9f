import type { Indicator } from '@misp-pipeline/core';
import { forEachMetadata, messageText } from '@misp-pipeline/ids-rules';

/**
 * Line of a list with context, which Suricata 8 repeats in the alert as `alert.context.misp`: the title of the first event
 * that vouches for the value, and what a rule of the value's own would say in its metadata, under the same names.
 */
export function contextLine(value: string, indicator: Indicator, others: number): string {
  const title = messageText(indicator.origins[0]?.event.title ?? '');
  const count = others > 0 ? `,"others":${others}` : '';
  return `{"value":${quoted(value)},"title":${quoted(title)}${count}${metadataOf(indicator)}}`;
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
