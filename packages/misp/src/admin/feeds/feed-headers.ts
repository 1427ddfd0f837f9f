/** Names of headers that stand one a line, as `Name: value`. */
export function headerNames(headers: string): string[] {
  return headerLines(headers).map((line) => line.replace(/:.*$/s, ''));
}

/** Below, masking would cut into other words, and hide nothing that could not be guessed. */
const SHORTEST_SECRET = 4;

/** The values of headers, of which any may be a secret. */
export function headerSecrets(headers: string): string[] {
  return headerLines(headers)
    .map((line) => line.replace(/^[^:]*:/, '').trim())
    .filter((value) => value.length >= SHORTEST_SECRET);
}

/** MISP sets these itself. */
const RESERVED = new Set(['commit', 'misp-version', 'misp-uuid', 'user-agent']);

/** Why the server would not send these headers as they stand; quotes no value, since values are secrets. */
export function headerFault(headers: string): string | undefined {
  const lines = headerLines(headers);
  if (lines.length === 0) return 'the headers are empty: write one a line, as `Name: value`';
  for (const [index, line] of lines.entries()) {
    const [name = '', value, ...rest] = line.split(':');
    if (!/^[A-Za-z0-9-]+$/.test(name) || value === undefined || value.trim() === '')
      return `line ${index + 1} of the headers is not \`Name: value\``;
    if (rest.length > 0) return `the value of the header \`${name}\` has a colon, and MISP cuts it off there`;
    if (RESERVED.has(name.toLowerCase())) return `the header \`${name}\` is set by MISP itself`;
  }
  return undefined;
}

/** Whether two texts are the same headers. */
export function areSameHeaders(one: string, other: string): boolean {
  return headerLines(one).join('\n') === headerLines(other).join('\n');
}

function headerLines(headers: string): string[] {
  return headers
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
