import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { EventRows, Rows } from './rows.ts';

export interface Misp {
  readonly url: string;
  /** Users edit one attribute of each of these events, and publish it again. */
  edit(events: readonly EventRows[]): void;
  close(): void;
}

interface Search {
  readonly limit: number;
  readonly page: number;
  readonly eventid?: readonly number[];
}

/** A server that answers with rows from the disk, with the counts that MISP 2.5.1 gives. */
export async function serveMisp(rows: Rows): Promise<Misp> {
  const content = new Content(rows);
  const server = createServer((request, response) => void answer(content, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    edit: (events) => content.edit(events),
    close: () => server.close(),
  };
}

async function answer(content: Content, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('content-type', 'application/json');
  if (request.method === 'GET') response.end('{"version":"2.5.1"}');
  else if (request.url?.endsWith('/events/index')) response.end(content.index());
  else {
    const search: Search = JSON.parse(await text(request));
    const { rows, count } = content.find(search);
    response.setHeader('x-result-count', count);
    response.setHeader('x-skipped-elements-count', 0);
    response.end(Buffer.concat([Buffer.from('{"response":{"Attribute":['), rows, Buffer.from(']}}')]));
  }
}

const EVERYTHING: Pick<EventRows, 'start' | 'end'> = { start: 0, end: Number.POSITIVE_INFINITY };

/** What the server holds, with what was edited since it started. */
class Content {
  readonly #rows: Rows;
  /** Events with their present timestamps. */
  readonly #events: Map<number, EventRows>;
  readonly #edited = new Set<number>();

  constructor(rows: Rows) {
    this.#rows = rows;
    this.#events = new Map(rows.events.map((event) => [Number(event.id), event]));
  }

  edit(events: readonly EventRows[]): void {
    for (const event of events) {
      const timestamp = String(Number(event.timestamp) + 1 + this.#edited.size);
      this.#events.set(Number(event.id), { ...event, timestamp });
      this.#edited.add(Number(event.id));
    }
  }

  index(): string {
    const events = [...this.#events.values()];
    return JSON.stringify(events.map(({ id, uuid, timestamp }) => ({ id, uuid, timestamp, published: true })));
  }

  find({ limit, page, eventid }: Search): { rows: Buffer; count: number } {
    const ranges = eventid?.flatMap((id) => this.#events.get(id) ?? []) ?? [EVERYTHING];
    const pieces: Buffer[] = [];
    let skip = (page - 1) * limit;
    let room = limit + 1; // MISP looks one row ahead.
    for (const range of ranges) {
      const start = Math.min(range.start + skip, range.end, this.#rows.count);
      const end = Math.min(start + room, range.end, this.#rows.count);
      skip -= start - range.start;
      room -= end - start;
      const last = room === 0 ? end - 1 : end;
      if (last > start) pieces.push(this.#json(start, last, range), COMMA);
      if (room === 0) break;
    }
    return { rows: Buffer.concat(pieces.slice(0, -1)), count: Math.max(1, limit + 1 - room) };
  }

  /** Rows of an event; the first one is the one that was edited. */
  #json(start: number, end: number, range: Partial<EventRows>): Buffer {
    const json = this.#rows.json(start, end);
    if (range.start !== start || !this.#edited.has(Number(range.id))) return json;
    return Buffer.from(json.toString('utf8').replace('"comment":"', '"comment":"edited '));
  }
}

const COMMA = Buffer.from(',');
