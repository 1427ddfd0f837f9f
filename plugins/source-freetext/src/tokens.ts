import { detectValue } from '@misp-pipeline/misp';
import { isDefanged } from './defanged.ts';

const SEPARATORS = /[\s"'`<>|\u2018\u2019\u201c\u201d]+/;
const LEADING = /^[*+_=~:\\.,!?-]+/;
// The lookbehinds let each run of characters be tried once only: lines are long, and strangers write them.
const TRAILING = /(?<![*+.,:;!?\\])[*+.,:;!?\\]+$/;
const LINK = '](';
const WITH_WORDS = /^https?:\/\/[^[]+\[/;
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** A piece of a line that may be a value. */
export interface Token {
  readonly text: string;
  /** True for the target of a link with words: `[words](target)` in Markdown, `target[words]` in AsciiDoc. */
  readonly isLinkTarget: boolean;
}

/** The pieces of a line, without the punctuation and the markup around them. */
export function tokensOf(text: string): Token[] {
  const joined = text
    .replace(/ ?([[({]) ?(\.|dot|@|at) ?([\])}]) ?/gi, '$1$2$3')
    .replaceAll('.[.]', '[.]')
    .replaceAll('](', ` ${LINK}`);
  return joined.split(SEPARATORS).flatMap(tokensIn);
}

function tokensIn(word: string): Token[] {
  const isTarget = word.startsWith(LINK);
  const pieces = piecesOf(isTarget ? word.slice(LINK.length) : word);
  return pieces.map((text) => ({ text, isLinkTarget: isTarget || WITH_WORDS.test(text) }));
}

function piecesOf(word: string): string[] {
  if (word.includes('//')) return [trimmed(word)];
  return word.split(/[,;]/).map(trimmed).flatMap(alternatives);
}

function trimmed(word: string): string {
  let token = word.replace(LEADING, '').replace(TRAILING, '');
  const open = token.charAt(0);
  const close = CLOSING.get(open);
  if (close !== undefined && (token.endsWith(close) || !token.includes(close))) token = token.slice(1);
  for (const [left, right] of CLOSING) {
    if (token.endsWith(right) && count(token, right) > count(token, left)) token = token.slice(0, -1);
  }
  return token.replace(TRAILING, '');
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** `host[.]example/192.0.2[.]1` is a host or its address, not a host with a path. */
function alternatives(token: string): string[] {
  const parts = token.split('/');
  const areValues = parts.length > 1 && parts.length < 5 && parts.every((part) => isDefanged(part) && isValue(part));
  return areValues ? parts : [token];
}

function isValue(token: string): boolean {
  return detectValue(token, { inProse: true }) !== undefined;
}
