import type { HttpClient } from '../rest/http-client.ts';
import { HttpError } from '../rest/http-error.ts';
import type { MirroredText } from './text-mirror.ts';

/** The text at an address; the very `known` one when the server says that it is still the same. */
export async function fetchText(
  http: HttpClient,
  url: URL,
  known: MirroredText | undefined,
  signal: AbortSignal,
): Promise<MirroredText> {
  try {
    return await http.request({ url, signal, headers: validators(known) }, ({ body, headers }) => ({
      text: checked(url, body),
      etag: headers.etag ?? '',
      modified: headers['last-modified'] ?? '',
    }));
  } catch (error) {
    if (known !== undefined && error instanceof HttpError && error.kind === 'unchanged') return known;
    throw error;
  }
}

const WEB_PAGE = /<(?:!doctype\s+html|html[\s>]|head>)/i;
const BEGINNING = 1024;

/** A server may answer 200 with a page of its own, such as for a login; its links are no indicators. */
function checked(url: URL, body: Buffer): Buffer {
  if (!WEB_PAGE.test(body.toString('utf8', 0, BEGINNING))) return body;
  throw new HttpError('invalid', `\`${url}\` is a web page rather than a text`);
}

function validators(known: MirroredText | undefined): Record<string, string> {
  if (known === undefined) return {};
  if (known.etag !== '') return { 'if-none-match': known.etag };
  return known.modified === '' ? {} : { 'if-modified-since': known.modified };
}
