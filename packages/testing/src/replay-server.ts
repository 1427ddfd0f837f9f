import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Loopback, type ReceivedRequest, startLoopback } from './loopback.ts';

/** One recorded exchange, as it stands in a file. Header names keep the case in which they were sent. */
interface Recording {
  readonly request: { readonly method: string; readonly path: string; readonly body: unknown };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
}

export interface ReplayServer extends Loopback {
  /** Requests that no recording answers, as `POST /path {"body":...}`. A test expects this to stay empty. */
  readonly unmatched: readonly string[];
}

/** Headers that belong to the recorded connection, not to the answer. */
const OF_CONNECTION = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']);

/**
 * Answers requests with recorded answers: one JSON file an exchange, `{request: {method, path, body}, response: {status,
 * headers, body}}`. A request matches by method, path and parsed body. Where several recordings have the same request,
 * `names` (file names without `.json`, `*` for any rest) chooses between them; those that remain are given in the order
 * of their names, the last one again and again. What no recording answers gets 501.
 */
export async function startReplayServer(dir: string, names: readonly string[] = ['*']): Promise<ReplayServer> {
  const answers = new Map<string, Recording['response'][]>();
  for (const file of readdirSync(dir).sort()) {
    if (!names.some((name) => matches(file, name))) continue;
    const { request, response } = JSON.parse(readFileSync(join(dir, file), 'utf8')) as Recording;
    const key = requestKey(request.method, request.path, request.body);
    answers.set(key, [...(answers.get(key) ?? []), response]);
  }
  const unmatched: string[] = [];
  const server = await startLoopback((request, reply) => {
    const key = requestKey(request.method, request.path, bodyOf(request));
    const recorded = answers.get(key);
    const answer = recorded !== undefined && recorded.length > 1 ? recorded.shift() : recorded?.[0];
    if (answer === undefined) {
      unmatched.push(key);
      reply.writeHead(501, { 'content-type': 'text/plain' }).end(`no recording answers ${key}`);
      return;
    }
    for (const [name, value] of Object.entries(answer.headers)) {
      if (!OF_CONNECTION.has(name.toLowerCase())) reply.setHeader(name, value);
    }
    reply.writeHead(answer.status).end(answer.body);
  });
  return { ...server, unmatched };
}

function matches(file: string, name: string): boolean {
  if (!file.endsWith('.json')) return false;
  return name.endsWith('*') ? file.startsWith(name.slice(0, -1)) : file === `${name}.json`;
}

/** A body counts as JSON only when the request says so, as it does for MISP. */
function bodyOf(request: ReceivedRequest): unknown {
  if (request.body.length === 0) return null;
  const text = request.body.toString('utf8');
  if (!request.headers['content-type']?.startsWith('application/json')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text; // Recorded as the text that it is.
  }
}

function requestKey(method: string, path: string, body: unknown): string {
  return `${method} ${path} ${JSON.stringify(body, sortedKeys)}`;
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
