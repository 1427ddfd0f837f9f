/**
 * Characters that do not show or that YAML cannot hold: controls, marks without width and those that turn the direction
 * of text, line separators, half surrogate pairs, the last two code points of the first plane.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u;

/** True when a value can stand in a rule unchanged. One that cannot is never cut to fit: it would match another text. */
export function isWritable(value: string): boolean {
  return !INVISIBLE.test(value);
}

/** YAML single-quoted scalar. The text must be {@link isWritable}. */
export function yamlText(text: string): string {
  return text.includes("'") ? `'${text.replaceAll("'", "''")}'` : `'${text}'`;
}

const SIGMA_SYNTAX = /[\\*?]/;

/**
 * A value as Sigma reads it literally, in YAML single quotes. `\` escapes `*`, `?` and itself and is plain before
 * anything else, so a single backslash stays as it is unless one of the three follows. The text must be
 * {@link isWritable}.
 */
export function sigmaText(value: string): string {
  return yamlText(sigmaLiteral(value));
}

/** The same without quotes. */
export function sigmaLiteral(value: string): string {
  return SIGMA_SYNTAX.test(value) ? escapeWildcards(value) : value;
}

/** The same in front of a wildcard, which a backslash at the end would take away. */
export function sigmaLiteralBeforeWildcard(value: string): string {
  const literal = sigmaLiteral(value);
  return /(?<!\\)\\$/.test(literal) ? `${literal}\\` : literal;
}

function escapeWildcards(value: string): string {
  return value.replace(/\\+(?=[*?])|\\{2,}|[*?]/g, (run) => (run.startsWith('\\') ? run + run : `\\${run}`));
}
