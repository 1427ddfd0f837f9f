const BROKEN_MARK = /[[({] ?(?:\.|dot|:(?:\/\/)?|@|at) ?[\])}]|\[\.|\.\]|\\\.[a-z]/i;
const BROKEN_SCHEME = /^[[(]?(?:h[tx]?x+t?p|hxt|htx|meow|fxp|h\[[tx]{2}\]p|https?[[(]|h\*\*p)/i;
const BRACKETED_DIGIT = /\[[0-9a-f]\]/i;

/** Whether somebody broke a value so that nobody clicks on it. */
export function isDefanged(token: string): boolean {
  return BROKEN_MARK.test(token) || BROKEN_SCHEME.test(token) || (token.includes(':') && BRACKETED_DIGIT.test(token));
}
