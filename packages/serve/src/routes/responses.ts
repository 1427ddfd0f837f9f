import { PROBLEM_TYPE } from '../wire/problem.ts';
import { PROBLEM } from '../wire/schemas.ts';

/** The answers of a route for the OpenAPI document: one schema for each type, and problems. */
export function answersAndProblems(schemas: Readonly<Record<string, object>>): Record<string, object> {
  const content = Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]));
  return {
    200: { description: 'The answer.', content },
    '4xx': { description: 'The request cannot be answered.', content: { [PROBLEM_TYPE]: { schema: PROBLEM } } },
    '5xx': { description: 'The service cannot answer now.', content: { [PROBLEM_TYPE]: { schema: PROBLEM } } },
  };
}
