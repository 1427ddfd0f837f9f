import type { FastifyRequest } from 'fastify';
import type { Caller } from '../access/callers.ts';
import type { Asked, Tally } from '../watch/audit.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before anything else is done with the request; undefined when nobody is known by its token. */
    caller: Caller | undefined;
    tally: Tally;
  }

  interface FastifyContextConfig {
    /** Answers everybody, at any rate: a probe. */
    readonly isProbe?: boolean;
  }
}

/** What the audit log says of a request. The path is that of a route, never what a client wrote. */
export function askedBy(request: FastifyRequest): Asked {
  return { token: request.caller?.token, address: request.ip, route: `${request.method} ${routeOf(request)}` };
}

export function routeOf({ routeOptions }: FastifyRequest): string {
  return routeOptions.url ?? 'none';
}
