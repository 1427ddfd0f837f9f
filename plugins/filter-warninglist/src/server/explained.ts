import { explained as explainedFailure, type HttpError } from '@misp-pipeline/misp';

/** The message of a failed request, and what there is to do where that is not plain from it. */
export function explained(error: HttpError): string {
  const { kind, message } = error;
  if (kind === 'refused') return `${message}; the key must be one that may read warninglists`;
  if (kind === 'too-large') return `${message}; allow more in \`maxBytes\`, or leave the list out with \`except\``;
  return explainedFailure(error);
}
