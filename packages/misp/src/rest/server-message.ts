import { isRecord } from '../fields.ts';
import { parseJson } from './parse-json.ts';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#039': "'", '#39': "'" };

/** What MISP says in the body of an error, which is HTML-escaped there; undefined when the body is not MISP's own. */
export function serverMessage(body: Buffer): string | undefined {
  let answer: unknown;
  try {
    answer = parseJson(body);
  } catch {
    return undefined; // A page of a proxy before MISP.
  }
  const message = isRecord(answer) ? (answer.message ?? answer.name) : undefined;
  if (typeof message !== 'string' || message === '') return undefined;
  return message.replace(/&(amp|lt|gt|quot|#0?39);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}
