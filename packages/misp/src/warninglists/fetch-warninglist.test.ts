import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Secret } from '@misp-pipeline/core';
import { type Loopback, RecordingLogger, startLoopback, startReplayServer } from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { MispClient } from '../rest/misp-client.ts';
import { fetchWarninglist } from './fetch-warninglist.ts';
import type { ListedWarninglist } from './warninglist-index.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const recordings = join(data, 'misp-recordings/recordings');

const LISTED = { id: '27', name: 'Own', version: '3', entries: 2, enabled: true };
const LIST = { name: 'Own', type: 'string', version: 3, list: ['a.example', 'b.example'] };

let server: Loopback;

afterEach(() => server.close());

function fetchFrom(url: string, listed: ListedWarninglist): Promise<unknown> {
  const { logger } = new RecordingLogger();
  const patience = { timeout: 10, retries: 4, retryDelay: 0.001, maxBytes: 1_000_000 };
  const client = new MispClient({ url, key: new Secret('x'), verifyTls: true, logger, ...patience });
  return fetchWarninglist(client, listed, new AbortController().signal);
}

/** What comes of a server's answers, the last of which it gives again and again. */
async function fetched(...answers: unknown[]) {
  server = await startLoopback((_request, response) => {
    const body = answers.length > 1 ? answers.shift() : answers[0];
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  return fetchFrom(server.url, LISTED);
}

describe('fetching a warninglist', () => {
  it('gives the list as it stands in a file', async () => {
    expect(await fetched(LIST)).toEqual(LIST);
  });

  it('counts the entries of a map as well', async () => {
    const list = { 'a.example': '', 'b.example': 'second' };
    expect(await fetched({ ...LIST, list })).toMatchObject({ list });
  });

  it('asks once more for a list that is not whole', async () => {
    expect(await fetched({ ...LIST, list: ['a.example'] }, LIST)).toEqual(LIST);
  });

  it.each([
    [{ ...LIST, list: ['a.example'] }, 'incomplete: 1 of the 2 entries that the index counts'],
    [{ ...LIST, list: [...LIST.list, 'c.example'] }, 'incomplete: 3 of the 2 entries'],
    [{ ...LIST, list: 'ab' }, 'incomplete: 0 of the 2 entries'],
    [{ ...LIST, version: '4\u001b[2J' }, 'version `4 [2J` of the list instead of `3`'],
    [{ ...LIST, version: {} }, 'version `` of the list'],
    [[LIST], 'no warninglist'],
  ])('refuses %j', async (answer, why) => {
    await expect(fetched(answer)).rejects.toMatchObject({ kind: 'invalid', message: expect.stringContaining(why) });
  });

  it.skipIf(!existsSync(recordings))('takes a recorded one (needs the data folder)', async () => {
    server = await startReplayServer(recordings, ['warninglists-export']);
    const list = await fetchFrom(server.url, { ...LISTED, entries: 6 });
    expect(list).toMatchObject({ name: 'List of known hashes for empty files', type: 'string' });
  });
});
