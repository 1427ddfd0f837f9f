import { type Logger, messageOf } from '@misp-pipeline/core';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_TYPE, Problem } from '../wire/problem.ts';
import { problemFor } from '../wire/problem-for.ts';

const UNKNOWN = new Problem(500, 'the service failed', 'The log of the service says why.');
const NO_ROUTE = new Problem(404, 'no such route', '`/openapi.json` lists the routes.');

/**
 * Turns everything that goes wrong into a problem document, and faults of the service into lines of its log too.
 * Comes before the routes.
 */
export function addErrors(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    const problem = problemFor(error);
    if (problem === undefined) logger.error(`a request has no answer: ${messageOf(error)}`);
    return sendProblem(reply, problem ?? UNKNOWN);
  });
  const allowedIn = collectMethods(app);
  app.setNotFoundHandler((request, reply) => {
    const allowed = allowedIn(request);
    if (allowed === undefined) return sendProblem(reply, NO_ROUTE);
    return sendProblem(reply.header('allow', allowed), wrongMethod(allowed));
  });
}

/** Remembers the methods of all routes to come. What it gives says which a path has, undefined when it is no route. */
function collectMethods(app: FastifyInstance): (request: FastifyRequest) => string | undefined {
  const methods = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    methods.set(url, (methods.get(url) ?? new Set()).union(new Set([method].flat())));
  });
  return ({ url }) => {
    const [path = url] = url.split('?', 1);
    const ofPath = methods.get(path);
    return ofPath && [...ofPath].sort().join(', ');
  };
}

function wrongMethod(allowed: string): Problem {
  return new Problem(405, 'the route has no such method', `Those that it has: ${allowed}.`);
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem.document()));
}
