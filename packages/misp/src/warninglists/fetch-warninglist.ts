import { oneLine } from '@misp-pipeline/core';
import { isRecord, textOf } from '../fields.ts';
import type { MispClient } from '../rest/misp-client.ts';
import { parseJson } from '../rest/parse-json.ts';
import type { ListedWarninglist } from './warninglist-index.ts';

/**
 * Fetches a whole warninglist, in the layout of the files of MISP/misp-warninglists. Every user may. Throws an HttpError
 * of kind `invalid`, after a second attempt, when it is not in the version or has not the entries that the index names.
 */
export async function fetchWarninglist(
  client: MispClient,
  listed: ListedWarninglist,
  signal: AbortSignal,
): Promise<unknown> {
  const parse = (body: Buffer) => {
    const document = parseJson(body);
    checkWhole(document, listed);
    return document;
  };
  // `view` has the same entries at several times the size.
  const { document } = await client.get(`warninglists/export/${listed.id}`, { signal, parse });
  return document;
}

function checkWhole(document: unknown, { version, entries }: ListedWarninglist): void {
  if (!isRecord(document)) throw new Error('no warninglist');
  const { list } = document;
  const found = textOf(document.version);
  if (found !== version)
    throw new Error(`version \`${oneLine(found)}\` of the list instead of \`${oneLine(version)}\``);
  const count = Array.isArray(list) ? list.length : isRecord(list) ? Object.keys(list).length : 0;
  if (count !== entries) throw new Error(`incomplete: ${count} of the ${entries} entries that the index counts`);
}
