import { Readable } from 'node:stream';
import { setImmediate as eventLoopTurn } from 'node:timers/promises';
import type { Ceiling } from '@misp-pipeline/lookup';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Answering, QUESTIONS, type ServedAnswer } from '../answering.ts';
import { askedBy } from '../http/request.ts';
import { answerLines } from '../ndjson/answer-lines.ts';
import type { ServeLimits } from '../options.ts';
import type { Audit } from '../watch/audit.ts';
import { Problem } from '../wire/problem.ts';
import { ANSWER, BULK_ANSWER, LINE_ANSWER, requestSchemas } from '../wire/schemas.ts';
import { answersAndProblems } from './responses.ts';

const JSON_TYPE = 'application/json';
const LINES_TYPE = 'application/x-ndjson';

/** What looking up goes by. */
export interface LookupParts {
  readonly answering: Answering;
  readonly audit: Audit;
  readonly limits: ServeLimits;
}

/** `GET /lookup` for one value, `POST /lookup` for several: as JSON, or as a stream of lines. */
export function addLookupRoutes(app: FastifyInstance, { answering, audit, limits }: LookupParts): void {
  const { query, bulk, lines } = requestSchemas(limits);
  const answersTo = async (request: FastifyRequest, values: readonly string[]) => {
    const answers = await answering.answersTo(values, ceilingOf(request));
    request.tally.add(answers);
    audit.answers(askedBy(request), answers);
    return answers;
  };

  app.addContentTypeParser(LINES_TYPE, (_request, body, done) => done(null, body));

  app.get<{ Querystring: { value: string } }>(
    '/lookup',
    {
      schema: {
        summary: 'Look up one value',
        querystring: query,
        response: answersAndProblems({ [JSON_TYPE]: ANSWER }),
      },
    },
    async (request, reply) => {
      const [answer] = await answersTo(request, [request.query.value]);
      return reply.type(JSON_TYPE).send(answer);
    },
  );

  app.post<{ Body: { values: readonly string[] } | Readable }>(
    '/lookup',
    {
      schema: {
        summary: 'Look up several values',
        description: 'Answers are in the order of the questions. NDJSON is answered line by line, as it comes.',
        body: { content: { [JSON_TYPE]: { schema: bulk }, [LINES_TYPE]: { schema: lines } } },
        response: answersAndProblems({ [JSON_TYPE]: BULK_ANSWER, [LINES_TYPE]: LINE_ANSWER }),
      },
      preParsing: async (request) => cutOffSlowBody(request, limits.timeout),
    },
    async (request, reply) => {
      const { body } = request;
      if (!(body instanceof Readable)) {
        const ask = (values: readonly string[]) => answersTo(request, values);
        return reply.type(JSON_TYPE).send(await bulkText(body.values, ask, limits.answer));
      }
      // What is left unread of a body that is refused half-way is not waited for.
      reply.raw.once('finish', () => body.destroy());
      const texts = answerLines(
        body.iterator({ destroyOnReturn: false }),
        (values) => answersTo(request, values),
        limits,
      );
      return reply.type(LINES_TYPE).send(Readable.from(texts));
    },
  );
}

/** The answer to a JSON body. Throws a {@link Problem} as soon as it becomes longer than `most` characters. */
async function bulkText(
  values: readonly string[],
  answersTo: (values: readonly string[]) => Promise<readonly ServedAnswer[]>,
  most: number,
): Promise<string> {
  const texts: string[] = [];
  let length = 0;
  for (let i = 0; i < values.length; i += QUESTIONS) {
    for (const answer of await answersTo(values.slice(i, i + QUESTIONS))) {
      const text = JSON.stringify(answer);
      texts.push(text);
      length += text.length;
      if (length > most) throw new Problem(413, 'the answer is too large', 'Ask for fewer values, or in NDJSON.');
    }
    // Other clients have their turn.
    await eventLoopTurn();
  }
  return `{"answers":[${texts.join(',')}]}`;
}

function cutOffSlowBody({ raw, mediaType }: FastifyRequest, seconds: number): void {
  if (mediaType === LINES_TYPE) return;
  const timer = setTimeout(() => raw.destroy(), seconds * 1000);
  for (const end of ['end', 'close']) raw.once(end, () => clearTimeout(timer));
}

function ceilingOf({ caller }: FastifyRequest): Ceiling {
  if (caller === undefined) throw new Error('a look-up came past the gate without a caller');
  return caller.ceiling;
}
