/** An error as the manager's API answers it. */
export interface Fault {
  readonly code: number;
  readonly message: string;
}

/** Bytes of the largest body. */
export const LARGEST_BODY = 10_485_760;

/** A line that the API takes: a colon only inside of quotation marks, and there few other characters. */
const CDB_LINE = /^(?:"[\p{L}\p{N}_\-: ]+"|[^:"\s]+):(?:"[\p{L}\p{N}_\-: ]*"|[^:"]*)$/u;

/** What Python's `splitlines` takes for the end of a line. */
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

const LIST_NAME = /^[-\w]+$/;
const XML_NAME = /^[\w-]+\.xml$/;

export function nameFault(folder: string, name: string): Fault | undefined {
  const isGood = folder === 'lists' ? LIST_NAME.test(name) : XML_NAME.test(name);
  return isGood ? undefined : { code: 400, message: `'${name}' does not match the format of a file name` };
}

/** What the API holds against a list. It is stricter than the engine. */
export function cdbFault(text: string): Fault | undefined {
  if (text === '') return { code: 1112, message: 'Empty files are not supported' };
  const lines = text.split(LINE_END);
  if (lines.at(-1) === '') lines.pop();
  return lines.every((line) => CDB_LINE.test(line))
    ? undefined
    : { code: 1800, message: 'Bad format in CDB list {path}' };
}

export function emptyFault(body: Buffer): Fault | undefined {
  return body.length === 0 ? { code: 1112, message: 'Empty files are not supported' } : undefined;
}

const XML_PART = /<!--.*?-->|<(\/?)([\w-]+)(?:\s+[\w-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>|[^<]+|</gs;

/** Whether text is XML in the manager's dialect: no declaration, elements that are closed, no bare `<`. */
export function xmlFault(text: string): Fault | undefined {
  const open: string[] = [];
  for (const [part, slash, name, single] of text.matchAll(XML_PART)) {
    if (part === '<') return SYNTAX;
    if (name === undefined || single === '/') continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) return SYNTAX;
  }
  return open.length === 0 ? undefined : SYNTAX;
}

const SYNTAX: Fault = { code: 1113, message: 'XML syntax error' };
