// Every pattern is linear: hostile values are long.
const DOT = / ?[[({] ?(?:\.|dot) ?[\])}] ?|[[({]\.|\.[\])}]|\\\.| dot /gi;
const COLON = / ?[[({] ?: ?[\])}] ?/g;
const AT = / ?[[({] ?(?:@|at) ?[\])}] ?| at /gi;
const LETTER = /\[([a-z0-9])\]/gi;
const QUOTED = /^(["'`])(.*)\1$|^<(.*)>$/;

/**
 * A host, address or mail address as it was before somebody broke it so that nobody clicks on it: `[.]`, `(.)`, `{.}`,
 * `[dot]` in any case, half-open `[.`, ` dot `, `\.`, `[:]`, `[@]`, `(at)`, a letter in brackets. Quotes or angle
 * brackets around the whole and trailing dots go too.
 */
export function refangHost(text: string): string {
  return unquoted(text)
    .replace(DOT, '.')
    .replace(COLON, ':')
    .replace(AT, '@')
    .replace(LETTER, '$1')
    .replace(/(?<!\.)\.+$/, '');
}

const BROKEN_SCHEME =
  /^[[(]?(h[tx]{2}ps?|h\[[tx]{2}\]ps?|h[tx]{2}p[[(]s[\])]|meows?|f[tx]p) ?[[({]? ?: ?[\])}]? ?[[(]?[/\\]{1,3}[\])]? ?/i;
const PLAIN_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * A URL as it was before somebody broke it: `hxxp`, `hxxp[s]`, `h[tt]p`, `meow`, `fxp`, `[:]//`, `[://]`, `:\\`, and the
 * host as in {@link refangHost}. Path and query keep their brackets, which are common there, but for `[.]` and `[dot]`.
 */
export function refangUrl(text: string): string {
  const bare = unquoted(text);
  const broken = BROKEN_SCHEME.exec(bare);
  const prefix = (broken ?? PLAIN_SCHEME.exec(bare))?.[0] ?? '';
  const rest = bare.slice(prefix.length);
  const slash = rest.search(/[/?#]/);
  const host = slash < 0 ? rest : rest.slice(0, slash);
  const target = slash < 0 ? '' : rest.slice(slash).replace(/\[(?:\.|dot)\]/gi, '.');
  return `${broken === null ? prefix : schemeOf(broken[1] ?? '')}${refangHost(host)}${target}`;
}

function schemeOf(broken: string): string {
  if (/^f/i.test(broken)) return 'ftp://';
  return /s[\])]?$/i.test(broken) ? 'https://' : 'http://';
}

function unquoted(text: string): string {
  const quoted = QUOTED.exec(text);
  return quoted === null ? text : (quoted[2] ?? quoted[3] ?? '').trim();
}
