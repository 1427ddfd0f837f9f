import { isObject } from '../rest/parse-json.ts';

/** UUID of the event in a document of a feed, in lower case: `{Event}`, `{response: ...}`, a list of one, or bare. */
export function eventUuid(document: unknown): string | undefined {
  let value = document;
  for (let depth = 0; depth < 4; depth++) {
    if (Array.isArray(value)) value = value[0];
    else if (!isObject(value)) return undefined;
    else if (value.response !== undefined) value = value.response;
    else if (value.Event !== undefined) value = value.Event;
    else return typeof value.uuid === 'string' ? value.uuid.toLowerCase() : undefined;
  }
  return undefined;
}
