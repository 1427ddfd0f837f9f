import type { FastifyInstance } from 'fastify';
import type { ServeMetrics } from '../watch/metrics.ts';
import type { SnapshotWatch } from '../watch/snapshot-watch.ts';
import { Problem } from '../wire/problem.ts';
import { answersAndProblems } from './responses.ts';

const TEXT = 'text/plain; charset=utf-8';
const PROBE = { config: { isProbe: true } } as const;
const text = answersAndProblems({ 'text/plain': { type: 'string' } });

/** Probes, metrics and the OpenAPI document. */
export function addOperationRoutes(app: FastifyInstance, watch: SnapshotWatch, metrics: ServeMetrics): void {
  app.get(
    '/livez',
    { ...PROBE, schema: { summary: 'Whether it runs', security: [], response: text } },
    (_request, reply) => reply.type(TEXT).send('alive\n'),
  );
  app.get(
    '/readyz',
    { ...PROBE, schema: { summary: 'Whether its answers are fresh', security: [], response: text } },
    async (_request, reply) => {
      const fault = await watch.look();
      if (fault !== undefined) throw new Problem(503, fault, '`misp-pipeline run` builds a new snapshot.');
      return reply.type(TEXT).send('ready\n');
    },
  );
  app.get('/metrics', { schema: { summary: 'Prometheus metrics', response: text } }, async ({ caller }, reply) => {
    if (caller?.mayReadMetrics !== true)
      throw new Problem(403, 'the token may not read metrics', 'Set `metrics: true` of the token in the config.');
    await watch.look();
    return reply.type(metrics.type).send(await metrics.text());
  });
  app.get('/openapi.json', { schema: { hide: true } }, (_request, reply) =>
    reply.type('application/json').send(app.swagger()),
  );
}
