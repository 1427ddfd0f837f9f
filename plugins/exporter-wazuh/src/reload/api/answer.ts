import type { Reply } from './send.ts';

/** What the API could not do, with its number in Wazuh's list of errors. */
export interface ApiFailure {
  readonly code: number;
  readonly message: string;
}

/** An answer of the API. */
export interface ApiAnswer {
  /** What was done, if the answer lists it. */
  readonly items: readonly Fields[];
  /** What was not done; the API answers many a failure with status 200. */
  readonly failed: readonly ApiFailure[];
  /** All that it says. */
  readonly data: Fields;
}

/** Members of a JSON object of which nothing is known. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Reads an answer in JSON, of whatever status. What is none is a failure with its status for a number. */
export function readAnswer({ status, body }: Reply): ApiAnswer {
  const document = parsed(body);
  if (document === undefined) return failure(status, `status ${status} without JSON`);
  const { data: inner, error, title, detail, message } = document;
  const data = fieldsOf(inner);
  const failed = listOf(data.failed_items).map((item) => failureIn(fieldsOf(fieldsOf(item).error)));
  const isFine = status >= 200 && status < 300 && (error === 0 || error === undefined);
  if (!isFine && failed.length === 0) {
    return failure(Number(document.code ?? error ?? status), textOf(detail ?? message ?? title ?? `status ${status}`));
  }
  return { items: listOf(data.affected_items).map(fieldsOf), failed, data };
}

function failure(code: number, message: string): ApiAnswer {
  return { items: [], failed: [{ code, message }], data: {} };
}

function failureIn({ code, message }: Fields): ApiFailure {
  return { code: Number(code ?? 0), message: textOf(message) };
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function parsed(body: Buffer): Fields | undefined {
  try {
    const document: unknown = JSON.parse(body.toString());
    return typeof document === 'object' && document !== null ? { ...document } : undefined;
  } catch {
    return undefined; // A proxy's page, or an answer that was cut off.
  }
}
