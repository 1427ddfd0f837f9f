import { canonicalUrl, parseUrl } from '@misp-pipeline/core';

/** Sites on which values are looked up and written about. A plain link to one of them is no indicator. */
const SITES = [
  ...['virustotal.com', 'hybrid-analysis.com', 'any.run', 'tria.ge', 'urlscan.io', 'joesandbox.com', 'intezer.com'],
  ...['abuse.ch', 'misp-project.org', 'mitre.org', 'nist.gov', 'cisa.gov', 'exploit-db.com', 'welivesecurity.com'],
  ...['twitter.com', 'x.com', 'linkedin.com', 'alienvault.com', 'malpedia.caad.fkie.fraunhofer.de', 'archive.org'],
];

/** Whether a value that nobody defanged is a link to a place where one reads about indicators. */
export function isReferenceLink(value: string): boolean {
  if (!/^https?:\/\//i.test(value)) return false;
  const host = parseUrl(canonicalUrl(value) ?? '')?.host ?? '';
  return SITES.some((site) => host === site || host.endsWith(`.${site}`));
}

const REFERENCE_LINE =
  /^[\s#*\-/;]*(?:(?:references?|sources?|ref|see(?: also)?|via|read more|blog ?post|authors?|contacts?)\s?:|contact us\b|written by\b)/i;

/** Whether a line names its sources or authors. */
export function isReferenceLine(text: string): boolean {
  return REFERENCE_LINE.test(text);
}

const SOURCES = /^(?:references?|sources?|reading|links|bibliography|authors?|credits?|acknowledge?ments?|contacts?)$/;
/** Words that may stand beside those in such a heading; any other makes it one of indicators: `Source IP addresses`. */
const BESIDE = new Set(
  (
    'a about additional all and article articles blog blogs details external for further information list materials more ' +
    'of online original other our posts publications public related reports research the this to us useful'
  ).split(' '),
);

/** Whether what stands under a heading is about the text's sources and authors. */
export function isReferenceHeading(heading: string): boolean {
  const words = heading.toLowerCase().match(/[a-z]+/g) ?? [];
  return words.some((word) => SOURCES.test(word)) && words.every((word) => SOURCES.test(word) || BESIDE.has(word));
}
