import { shownUrl } from '../shown-url.ts';
import type { Distribution, FeedFormat } from './feed.ts';
import { headerFault } from './feed-headers.ts';

/** A feed as an operator wants it. What is left out stays as it is, or as the server likes it in a new feed. */
export interface FeedDraft {
  readonly name: string;
  readonly provider: string;
  /** With its credentials. */
  readonly url: string;
  readonly format: FeedFormat;
  readonly enabled?: boolean | undefined;
  readonly caching?: boolean | undefined;
  readonly lookupVisible?: boolean | undefined;
  readonly distribution?: Distribution | undefined;
  readonly tag?: { readonly id: string; readonly name: string } | undefined;
  /** Headers that the server sends to the feed, one a line, as `Name: value`. */
  readonly headers?: string | undefined;
  /** Columns of a CSV feed that hold values, such as `1,3`; counted from 1. */
  readonly columns?: string | undefined;
  /** Between the columns of a CSV feed: one character, or `\t`. */
  readonly delimiter?: string | undefined;
}

const LONGEST_NAME = 255;

/** What the server would take without a word and then stumble over, or refuse in other words. */
export function draftFaults(draft: FeedDraft): string[] {
  const { name, provider, url, format, distribution, headers, columns, delimiter } = draft;
  const faults = [textFault('name', name), textFault('provider', provider)];
  if (!isWebAddress(url)) faults.push(`url \`${shownUrl(url)}\` is no address that begins with http:// or https://`);
  if (distribution === 'inherit' && format !== 'misp')
    faults.push('distribution `inherit` is for the format misp only');
  if (headers !== undefined) faults.push(headerFault(headers));
  if ((columns ?? delimiter) !== undefined && format !== 'csv')
    faults.push('columns and delimiter are for the format csv');
  if (columns !== undefined && !/^[1-9]\d{0,2}(,[1-9]\d{0,2}){0,49}$/.test(columns))
    faults.push(`columns \`${columns}\` are no numbers from 1 with commas between, such as \`1,3\``);
  if (delimiter !== undefined && delimiter !== '\\t' && [...delimiter].length !== 1)
    faults.push(`delimiter \`${delimiter}\` is not one character; the server stumbles over several`);
  return faults.filter((fault) => fault !== undefined);
}

function textFault(field: string, text: string): string | undefined {
  if (text.trim() === '') return `${field} is empty`;
  if (text.length > LONGEST_NAME) return `${field} has more than ${LONGEST_NAME} characters`;
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(text) ? `${field} is not one line of text` : undefined;
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\/\S+$/i.test(url) && URL.canParse(url);
}
