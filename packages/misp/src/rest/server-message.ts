import { isRecord, textOf } from '../fields.ts';
import { parseJson } from './parse-json.ts';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#039': "'", '#39': "'" };

/**
 * What MISP says in the body of an error, with the fields that it refused; undefined when the body is not MISP's own.
 */
export function serverMessage(body: Buffer): string | undefined {
  let answer: unknown;
  try {
    answer = parseJson(body);
  } catch {
    return undefined; // A page of a proxy before MISP.
  }
  return wordsOf(answer);
}

/** The server's words in an answer, which are HTML-escaped there, such as `Could not add feed (url: is not valid)`. */
export function wordsOf(answer: unknown): string | undefined {
  if (!isRecord(answer)) return undefined;
  const message = answer.message ?? answer.name;
  const said = typeof message === 'string' ? message : '';
  const errors = errorsText(answer.errors);
  const more = errors === '' || said.includes(errors) ? '' : errors;
  const words = said === '' || more === '' ? said || more : `${said} (${more})`;
  if (words === '') return undefined;
  return words.replace(/&(amp|lt|gt|quot|#0?39);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}

/** `errors` is a text, or has texts for each field: `{url: ['is not valid']}`. */
function errorsText(errors: unknown): string {
  if (typeof errors === 'string') return errors;
  if (!isRecord(errors)) return '';
  return Object.entries(errors)
    .map(([field, texts]) => `${field}: ${[texts].flat().map(textOf).join(', ')}`)
    .join('; ');
}
