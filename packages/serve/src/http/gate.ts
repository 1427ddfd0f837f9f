import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Callers } from '../access/callers.ts';
import { type Audit, Tally } from '../watch/audit.ts';
import type { ServeMetrics } from '../watch/metrics.ts';
import { Problem } from '../wire/problem.ts';
import { askedBy, routeOf } from './request.ts';

const MINUTE = 60_000;
const OWN_NAMES = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;
const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** What the gate goes by. */
export interface GateParts {
  readonly callers: Callers;
  readonly rate: number;
  readonly audit: Audit;
  readonly metrics: ServeMetrics;
}

/** Lets in who may ask, as often as they may, and writes down every request. Comes before the routes. */
export async function addGate(app: FastifyInstance, { callers, rate, audit, metrics }: GateParts): Promise<void> {
  app.decorateRequest('caller', undefined);
  app.addHook('onRequest', async (request, reply) => {
    request.caller = callers.callerOf(request.headers.authorization);
    request.tally = new Tally();
    reply.headers(HEADERS);
    reply.raw.once('close', () => writeDown(request, reply, audit, metrics));
  });
  await app.register(rateLimit, {
    global: false,
    allowList: ({ routeOptions }) => routeOptions.config.isProbe === true,
    timeWindow: MINUTE,
    max: ({ caller }) => caller?.rate ?? rate,
    keyGenerator: ({ caller, ip }) => (caller?.token === undefined ? `address ${ip}` : `token ${caller.token}`),
    errorResponseBuilder: (_request, { max, ttl }) => {
      const hint = `Try again in ${Math.ceil(ttl / 1000)} s; the rate is ${max} requests a minute.`;
      return new Problem(429, 'too many requests', hint);
    },
    onExceeded: ({ caller }) => metrics.rateLimited(caller?.token ?? ''),
  });
  // One hook for all, so that it counts paths that are no route too.
  app.addHook('onRequest', app.rateLimit());
  // Comes after the rate limit, which guessing of tokens is under too, and before a body is read.
  app.addHook('preParsing', async (request, reply) => {
    if (request.routeOptions.config.isProbe) return;
    if (callers.isOpen) return refuseForeignName(request);
    if (request.caller !== undefined) return;
    audit.refused(askedBy(request));
    reply.header('www-authenticate', 'Bearer');
    throw new Problem(401, 'no token that is known', 'Send the header `Authorization: Bearer TOKEN`.');
  });
}

/** Where no token is needed, a page in a browser must not get in by a name of its own that leads to this machine. */
function refuseForeignName({ headers }: FastifyRequest): void {
  if (OWN_NAMES.test(headers.host ?? '')) return;
  throw new Problem(421, 'the `Host` header names another machine', 'Ask for 127.0.0.1, [::1] or localhost.');
}

function writeDown(request: FastifyRequest, reply: FastifyReply, audit: Audit, metrics: ServeMetrics): void {
  metrics.request(routeOf(request), reply.statusCode, reply.elapsedTime / 1000);
  if (request.routeOptions.config.isProbe) return;
  audit.request(askedBy(request), reply.statusCode, request.tally);
}
