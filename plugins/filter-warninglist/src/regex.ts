import { RE2JS } from 're2js';

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** What the flags of PHP mean here. `g` and `y` are no PHP flags and mean nothing for a yes or no; `u` is always on. */
const FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
  u: 0,
  g: 0,
  y: 0,
};

/**
 * Compiles an expression as it stands in a list: between delimiters and with flags, as PHP writes them (`/^a.*z$/i`).
 * Matching takes time in proportion to the value, whatever the expression and whoever wrote the value; the price is that
 * look-around and back-references are refused. Throws an error that says what cannot be used.
 */
export function compileRegex(entry: string): RE2JS {
  const delimiter = entry.charAt(0);
  if (!/[^a-zA-Z0-9\\\s]/.test(delimiter)) throw new Error('has no delimiters');
  const end = entry.lastIndexOf(CLOSING[delimiter] ?? delimiter);
  if (end < 1) throw new Error('has no closing delimiter');
  let flags = 0;
  for (const letter of entry.slice(end + 1)) {
    const flag = FLAGS[letter];
    if (flag === undefined) throw new Error(`has the flag \`${letter}\``);
    flags |= flag;
  }
  return RE2JS.compile(entry.slice(1, end), flags);
}
