import type { ServerResponse } from 'node:http';
import { type Loopback, type ReceivedRequest, startLoopback, type TlsFiles } from '../loopback.ts';
import { FixedAttributes } from './fixed-attributes.ts';
import type { Holdings } from './instance.ts';

/**
 * How a request goes wrong: `rate-limit` 429 with a reset of 0 seconds, `error` 500, `truncated` a body without its
 * second half, `reset` a broken connection, `redirect` 302 to the login page, `html` 200 with a page
 * for people, `forbidden` 403 with the key in it.
 */
export type Misbehaviour = 'rate-limit' | 'error' | 'truncated' | 'reset' | 'redirect' | 'html' | 'forbidden';

export interface FakeMispOptions {
  /** What attributes/restSearch finds, whatever is asked for but events, in the order of its answer. */
  readonly attributes?: readonly object[];
  /** What the server answers from instead: events that change and are searched. */
  readonly instance?: Holdings;
  /** `page`: X-Result-Count as in MISP 2.5.1. `start`: counted from the first page. `none`: no counts at all. */
  readonly counts?: 'page' | 'start' | 'none';
  /** Called for each request with its number from 1, getVersion included; undefined answers well. */
  readonly misbehave?: (request: FakeMispRequest, number: number) => Misbehaviour | undefined;
  /** Rows that are cut out of a page and counted in X-Skipped-Elements-Count, as enforceWarninglist does. */
  readonly skip?: (attribute: object) => boolean;
  /** Rows that are cut out of a page and counted nowhere, as the administrator's allow list does. */
  readonly hide?: (attribute: object) => boolean;
  /** So many events are counted but not sent by events/index. */
  readonly missingEvents?: number;
  readonly tls?: TlsFiles;
}

export interface FakeMispRequest {
  readonly path: string;
  readonly headers: ReceivedRequest['headers'];
  /** Parsed body of a POST; an empty object for getVersion. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface FakeMisp extends Loopback {
  /** All requests so far. */
  readonly requests: readonly FakeMispRequest[];
  /** May be changed while a client reads. */
  attributes: readonly object[];
}

/** A small MISP server that pages like a real one and misbehaves when told to. */
export async function startFakeMisp(options: FakeMispOptions): Promise<FakeMisp> {
  const requests: FakeMispRequest[] = [];
  const fixed = new FixedAttributes(options.attributes ?? []);
  const holdings: Holdings = options.instance ?? fixed;
  const server = await startLoopback((received, response) => {
    const request = { path: received.path, headers: received.headers, body: parsedBody(received) };
    requests.push(request);
    const misbehaviour = options.misbehave?.(request, requests.length);
    if (misbehaviour !== undefined && misbehaviour !== 'truncated') misbehave(misbehaviour, request, response);
    else if (request.path.endsWith('/servers/getVersion')) send(response, 200, { version: '2.5.1' });
    else {
      const answer = answerTo(request, holdings, options);
      if (answer === undefined) send(response, 404, message('Not Found', request.path));
      else sendAnswer(response, answer, misbehaviour === 'truncated', holdings.clock);
    }
  }, options.tls);
  return {
    ...server,
    requests,
    get attributes() {
      return fixed.rows;
    },
    set attributes(rows) {
      fixed.rows = rows;
    },
  };
}

interface Answer {
  readonly headers: Readonly<Record<string, string>>;
  readonly document: unknown;
}

function answerTo({ path, body }: FakeMispRequest, holdings: Holdings, options: FakeMispOptions): Answer | undefined {
  if (path.endsWith('/attributes/restSearch')) {
    const { headers, rows } = search(holdings.search(body), body, options);
    return { headers, document: { response: { Attribute: rows } } };
  }
  if (path.endsWith('/events/restSearch')) {
    const events = holdings.searchEvents(body);
    const limit = typeof body.limit === 'number' ? body.limit : events.length;
    return { headers: { 'x-result-count': `${events.length}` }, document: { response: events.slice(0, limit) } };
  }
  if (path.endsWith('/events/index')) {
    const events = holdings.index(body);
    const { missingEvents = 0 } = options;
    return { headers: { 'x-result-count': `${events.length}` }, document: events.slice(missingEvents) };
  }
  return undefined;
}

function sendAnswer(response: ServerResponse, { headers, document }: Answer, isCut: boolean, clock?: number): void {
  const body = JSON.stringify(document);
  const date = clock === undefined ? {} : { date: new Date(clock * 1000).toUTCString() };
  response
    .writeHead(200, { 'content-type': 'application/json; charset=UTF-8', ...date, ...headers })
    .end(isCut ? body.slice(0, body.length / 2) : body);
}

function parsedBody(received: ReceivedRequest): Readonly<Record<string, unknown>> {
  return received.body.length === 0 ? {} : JSON.parse(received.body.toString('utf8'));
}

function misbehave(how: Exclude<Misbehaviour, 'truncated'>, request: FakeMispRequest, response: ServerResponse): void {
  if (how === 'reset') response.socket?.resetAndDestroy();
  else if (how === 'redirect') response.writeHead(302, { location: '/users/login', 'content-type': 'text/html' }).end();
  else if (how === 'html') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please log in</html>');
  else if (how === 'error') send(response, 500, message('An Internal Error Has Occurred.', request.path));
  else if (how === 'rate-limit') {
    response.setHeader('x-rate-limit-reset', '0');
    send(response, 429, message('Rate limit exceeded.', request.path));
  } else send(response, 403, message(`The key &quot;${request.headers.authorization}&quot; is no good.`, request.path));
}

function search(
  attributes: readonly object[],
  body: Readonly<Record<string, unknown>>,
  { counts = 'page', skip, hide }: FakeMispOptions,
): { headers: Record<string, string>; rows: readonly object[] } {
  const limit = typeof body.limit === 'number' ? body.limit : attributes.length;
  const page = typeof body.page === 'number' ? body.page : 1;
  const start = (page - 1) * limit;
  const cut = attributes.slice(start, start + limit);
  const kept = cut.filter((attribute) => !skip?.(attribute));
  const rows = kept.filter((attribute) => !hide?.(attribute));
  if (counts === 'none') return { headers: {}, rows };
  const skipped = cut.length - kept.length;
  const more = attributes.length > start + limit;
  const count = counts === 'start' ? start + (cut.length || 1) : perPage(cut.length, kept.length, more);
  return { headers: { 'x-result-count': `${count}`, 'x-skipped-elements-count': `${skipped}` }, rows };
}

/** MISP asks its database for one row more than the limit, and takes the skipped ones off a page that keeps any. */
function perPage(cut: number, kept: number, more: boolean): number {
  if (cut === 0) return 1;
  if (kept === 0) return cut + 1;
  return more && kept === cut ? cut + 1 : cut;
}

function message(text: string, url: string): object {
  return { name: text, message: text, url };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' }).end(JSON.stringify(body));
}
