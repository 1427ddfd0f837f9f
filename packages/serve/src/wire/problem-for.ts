import { Problem, quoted } from './problem.ts';

/** What is read of an error of the framework. */
export interface RequestError {
  readonly code?: string | undefined;
  readonly statusCode?: number | undefined;
  readonly validation?: readonly { readonly instancePath: string; readonly message?: string | undefined }[] | undefined;
  readonly validationContext?: string | undefined;
}

const SCHEMA_HINT = '`/openapi.json` says what each request looks like.';
const BODY_HINT = 'Send `{"values": ["...", ...]}` as application/json, or a value a line as application/x-ndjson.';

const BY_CODE: Readonly<Record<string, readonly [number, string, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'the body is too large', 'Ask in several requests, or as application/x-ndjson.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'the body is of a type that is not read', BODY_HINT],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'the body is empty', BODY_HINT],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'the body is not as long as it says', BODY_HINT],
  FST_ERR_BAD_URL: [400, 'the path cannot be read', SCHEMA_HINT],
};

/** The problem that an error of a request is, for its client; undefined when it is a fault of the service. */
export function problemFor(error: RequestError | Problem): Problem | undefined {
  if (error instanceof Problem) return error;
  const [invalid] = error.validation ?? [];
  if (invalid !== undefined) {
    const where = quoted(`${error.validationContext ?? ''}${invalid.instancePath}`);
    return new Problem(400, `${where} ${invalid.message ?? 'is not as expected'}`, SCHEMA_HINT);
  }
  const known = Object.hasOwn(BY_CODE, error.code ?? '') ? BY_CODE[error.code ?? ''] : undefined;
  if (known !== undefined) return new Problem(...known);
  return error.statusCode === 400 ? new Problem(400, 'the body is no JSON', BODY_HINT) : undefined;
}
