import { type Logger, messageOf } from '@misp-pipeline/core';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { PROBLEM_TYPE, Problem } from '../wire/problem.ts';
import { problemFor } from '../wire/problem-for.ts';

const UNKNOWN = new Problem(500, 'the service failed', 'The log of the service says why.');
const NO_ROUTE = new Problem(404, 'no such route', '`/openapi.json` lists the routes.');

/** Turns everything that goes wrong into a problem document, and faults of the service into lines of its log too. */
export function addErrors(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    const problem = problemFor(error);
    if (problem === undefined) logger.error(`a request has no answer: ${messageOf(error)}`);
    return sendProblem(reply, problem ?? UNKNOWN);
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, NO_ROUTE));
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem.document()));
}
