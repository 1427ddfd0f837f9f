import { join } from '../bytes.ts';

export const HTTP_PORT = 80;

export interface HttpRequest {
  readonly method: string;
  /** As in the request line: path and query, a whole URL, or an authority. */
  readonly target: string;
  readonly host: string;
  readonly userAgent: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

export interface HttpResponse {
  readonly contentType: string;
  /** Suggested file name, if any. */
  readonly filename: string | undefined;
  readonly body: Uint8Array;
}

/** A request (RFC 9112). */
export function httpRequest({ method, target, host, userAgent, headers, body }: HttpRequest): Buffer {
  const length = body.length === 0 ? [] : [['Content-Length', String(body.length)] as const];
  const fields = [['Host', host], ['User-Agent', userAgent], ['Accept', '*/*'], ...headers, ...length] as const;
  return join(head(`${method} ${target} HTTP/1.1`, fields), body);
}

export function httpResponse({ contentType, filename, body }: HttpResponse): Buffer {
  const disposition =
    filename === undefined ? [] : [['Content-Disposition', `attachment; filename="${filename}"`] as const];
  const type = [['Content-Type', contentType] as const, ['Content-Length', String(body.length)] as const];
  return join(head('HTTP/1.1 200 OK', [['Server', 'nginx'], ...type, ...disposition]), body);
}

function head(start: string, fields: readonly (readonly [string, string])[]): Buffer {
  const lines = [start, ...fields.map(([name, value]) => `${name}: ${value}`)];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'utf8');
}
