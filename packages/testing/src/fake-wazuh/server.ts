import { type Loopback, type ReceivedRequest, startLoopback, type TlsFiles } from '../loopback.ts';
import type { WazuhAnswer } from './answer.ts';
import { FakeGate, type GateOptions } from './gate.ts';
import { FakeManager, type ManagerOptions } from './manager.ts';

export interface FakeWazuhOptions extends Partial<GateOptions>, ManagerOptions {
  readonly tls?: TlsFiles;
  /** Answers instead of the manager, for what no manager should say. */
  readonly instead?: (request: ReceivedRequest) => WazuhAnswer | undefined;
}

/** A request with the status that it was answered with. */
export interface FakeWazuhRequest {
  /** Method and path without the query, such as `PUT /lists/files/misp-domain`. */
  readonly what: string;
  readonly status: number;
}

export interface FakeWazuh extends Loopback {
  readonly manager: FakeManager;
  readonly gate: FakeGate;
  /** In the order in which they came, logins included. */
  readonly requests: readonly FakeWazuhRequest[];
}

/**
 * Stands in for the API of a Wazuh 4.x manager, which cannot be installed here, with its strict checks: lists, rules and
 * decoders, tokens that end, 300 requests a minute, validation, reload and restart, and log lines to try. Written from the
 * manager's source; what it proves is that of a model.
 */
export async function startFakeWazuh({ tls, instead, ...options }: FakeWazuhOptions = {}): Promise<FakeWazuh> {
  const gate = new FakeGate({
    user: 'wazuh',
    password: 'secret',
    tokenSeconds: 900,
    requestsPerMinute: 300,
    now: Date.now,
    ...options,
  });
  const manager = new FakeManager(options);
  const requests: FakeWazuhRequest[] = [];
  const loopback = await startLoopback((request, response) => {
    const { status, body } = gate.answer(request) ?? instead?.(request) ?? manager.answer(request);
    requests.push({ what: `${request.method} ${request.path.split('?')[0]}`, status });
    const isText = typeof body === 'string';
    response.writeHead(status, { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json' });
    response.end(isText ? body : JSON.stringify(body));
  }, tls);
  return { ...loopback, manager, gate, requests };
}
