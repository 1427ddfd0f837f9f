import { oneLine } from '@misp-pipeline/core';
import { isRecord } from '../fields.ts';
import { HttpError } from '../rest/http-error.ts';
import type { MispAnswer } from '../rest/misp-client.ts';
import { wordsOf } from '../rest/server-message.ts';

/** The answer to a request that changes something, unless it tells a failure in spite of its status 200. */
export function accepted(answer: MispAnswer): MispAnswer {
  const { document } = answer;
  if (!isRecord(document) || (document.saved !== false && document.success !== false)) return answer;
  throw new HttpError('rejected', `the server did not do it: ${oneLine(wordsOf(document) ?? 'it does not say why')}`);
}
