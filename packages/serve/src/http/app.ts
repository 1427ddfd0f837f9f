import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance } from 'fastify';
import { Callers } from '../access/callers.ts';
import type { TlsFiles } from '../access/tls.ts';
import { Answering } from '../answering.ts';
import type { ServerParts } from '../parts.ts';
import { addLookupRoutes } from '../routes/lookup-routes.ts';
import { addOperationRoutes } from '../routes/operation-routes.ts';
import { Audit } from '../watch/audit.ts';
import type { ServeMetrics } from '../watch/metrics.ts';
import type { SnapshotWatch } from '../watch/snapshot-watch.ts';
import { problemFor } from '../wire/problem-for.ts';
import { SHARED_SCHEMAS } from '../wire/schemas.ts';
import { addErrors, sendProblem } from './errors.ts';
import { addGate } from './gate.ts';
import { createListener, refuseUnreadable } from './listener.ts';

/** What the routes share. */
export interface AppParts extends ServerParts {
  readonly metrics: ServeMetrics;
  readonly watch: SnapshotWatch;
  readonly tls: TlsFiles | undefined;
}

/** Puts the service together, without listening yet. */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const { options, index, readingsOf, logger, metrics, watch, tls } = parts;
  const { limits } = options;
  const callers = new Callers(options);
  const audit = new Audit(logger, options.auditValues, metrics);
  const app = Fastify({
    serverFactory: (listener) => createListener(listener, limits, tls),
    clientErrorHandler: refuseUnreadable,
    bodyLimit: limits.body,
    exposeHeadRoutes: true,
    forceCloseConnections: 'idle',
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    frameworkErrors: (error, _request, reply) => {
      const problem = problemFor(error);
      if (problem === undefined) throw error;
      sendProblem(reply, problem);
    },
  });
  app.removeContentTypeParser('text/plain');
  app.setSerializerCompiler(() => (document) => JSON.stringify(document));
  for (const schema of SHARED_SCHEMAS) app.addSchema(schema);
  await app.register(swagger, openApi(callers.isOpen));
  await addGate(app, { callers, rate: options.rate, audit, metrics });
  addErrors(app, logger);
  addLookupRoutes(app, { answering: new Answering(index, readingsOf, limits.details, logger), audit, limits });
  addOperationRoutes(app, watch, metrics);
  await app.ready();
  return app;
}

function openApi(isOpen: boolean) {
  const title = 'misp-pipeline look-ups';
  const description = 'What a pipeline knows of a value, as far as it may be told.';
  const token = { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } } as const;
  return {
    openapi: {
      openapi: '3.1.0',
      info: { title, description, version: '1' },
      ...(isOpen ? {} : { components: token, security: [{ token: [] }] }),
    },
    refResolver: { buildLocalReference: ({ $id }: { $id?: unknown }) => String($id) },
  };
}
