import type { ServerResponse } from 'node:http';
import { type Loopback, startLoopback } from '@misp-pipeline/testing';

/** A sighting that the server stored. */
export interface StoredSighting {
  readonly attribute: string;
  readonly source: string;
  readonly timestamp: number;
  readonly type: string;
}

/**
 * What a server does with a request to store: `store` and say so; `refuse` with status 200; be `busy` (429); `forbid` (403);
 * `lose` the connection before it stores, or `drop` it after; answer 500 after it stored (`break`).
 */
export type Way = 'store' | 'refuse' | 'busy' | 'forbid' | 'lose' | 'drop' | 'break';

export interface FakeSightings extends Loopback {
  readonly stored: readonly StoredSighting[];
  /** Bodies and paths of all requests, as they came. */
  readonly requests: readonly string[];
}

/** A MISP server that knows sightings only, and takes each request the way that it is told. */
export async function startFakeSightings(wayOf: (request: number) => Way = () => 'store'): Promise<FakeSightings> {
  const stored: StoredSighting[] = [];
  const requests: string[] = [];
  let adding = 0;
  const server = await startLoopback(({ path, body }, response) => {
    const text = body.toString('utf8');
    requests.push(`${path} ${text}`);
    const asked = JSON.parse(text);
    if (path === '/sightings/restSearch') {
      const found = stored.filter(({ source }) => source === asked.source);
      answer(response, 200, { response: found.map((Sighting) => ({ Sighting })) });
      return;
    }
    const way = wayOf(adding++);
    const attribute = path.replace('/sightings/add/', '');
    if (way === 'store' || way === 'drop' || way === 'break') stored.push({ attribute, ...asked });
    if (way === 'lose' || way === 'drop') response.destroy();
    else answer(response, ...ANSWERS[way]);
  });
  return { ...server, stored, requests };
}

const FAILURE = { message: 'Could not add the Sighting. Reason: No valid attributes found that match the criteria.' };
const ANSWERS: Readonly<Record<Exclude<Way, 'lose' | 'drop'>, [status: number, body: unknown]>> = {
  store: [200, { Sighting: { id: '1' } }],
  refuse: [200, FAILURE],
  busy: [429, { message: 'Rate limit exceeded.' }],
  forbid: [403, { message: 'You do not have permission to use this functionality.' }],
  break: [500, { message: 'An Internal Error Has Occurred.' }],
};

function answer(response: ServerResponse, status: number, body: unknown): void {
  const wait = status === 429 ? { 'retry-after': '0', 'x-rate-limit-reset': '0' } : {};
  response.writeHead(status, { 'content-type': 'application/json', ...wait }).end(JSON.stringify(body));
}
