import { STATUS_CODES } from 'node:http';

export const PROBLEM_TYPE = 'application/problem+json';

/** What a client is told of a request that failed, after RFC 9457. */
export interface ProblemDocument {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  /** What was wrong. */
  readonly detail: string;
  /** What to do, as a sentence. */
  readonly hint: string;
}

/** A request that cannot be answered, for a reason that its client may know. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly hint: string;

  constructor(status: number, detail: string, hint: string, cause?: unknown) {
    super(detail, { cause });
    this.status = status;
    this.hint = hint;
  }

  document(): ProblemDocument {
    const { status, message: detail, hint } = this;
    return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, hint };
  }
}

const QUOTED = 60;

/** The beginning of a client's text, in backticks, with nothing in it that could steer a terminal. */
export function quoted(text: string): string {
  const clean = text
    .slice(0, QUOTED)
    .toWellFormed()
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd');
  return `\`${clean}${text.length > QUOTED ? '...' : ''}\``;
}
