/** A request as the fake server read it. */
export interface AdministrationRequest {
  readonly method: string;
  /** Without the slash before it. */
  readonly path: string;
  /** Parsed body of a POST; undefined for a GET. */
  readonly body: unknown;
}

/** What the fake server answers: JSON, unless `body` is text. */
export interface AdministrationAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Fields = Record<string, unknown>;

export function ok(body: unknown): AdministrationAnswer {
  return { status: 200, body };
}

/** MISP's shape of an error, and of some successes. */
export function says(status: number, message: string, path: string): AdministrationAnswer {
  return { status, body: { name: message, message, url: `/${path}` } };
}

export function redirect(location: string): AdministrationAnswer {
  return { status: 302, body: '', headers: { location } };
}

export const NOT_PERMITTED = 'You do not have permission to use this functionality.';

/** A member of a JSON value that may be anything. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
