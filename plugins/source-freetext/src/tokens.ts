import { detectValue } from '@misp-pipeline/misp';
import { isDefanged } from './defanged.ts';

/** Blanks, quotes, dashes, arrows, and the punctuation of East Asia. */
const SEPARATORS =
  /[\s"'`<>|\u00ab\u00bb\u2010-\u201f\u2026\u2190-\u21ff\u3001\u3002\u3008-\u3011\u3014-\u301b\uff08\uff09\uff0c\uff1a\uff1b\uff3b\uff3d]+/;
/** Not the `*` of `*.evil.example`. */
const LEADING = /^(?:(?!\*\.\w)[*+=~:\\.,!?-])+/;
const EMPHASIS = /^_+([^_].*[^_])_+$/;
// The lookbehinds let each run of characters be tried once only: lines are long, and strangers write them.
const TRAILING = /(?<![*+.,:;!?\\])[*+.,:;!?\\]+$/;
const ARROW = /(?<![-=])[-=]+>/g;
/** A comma before a further URL. */
const BEFORE_URL = /[,;](?=[a-z[\]()*]{3,12}:\]?[/\\]{2})/i;
const LABELLED_URL = /^\w{1,30}[=:](\S+\/\/.*)$/;
/** Not the brackets of `(.)`. */
const JOINTS = /=+|(?<!\[):(?!\]|\d|\/)|\((?!(?:\.|dot|at|@)[\])}])/i;
const LONGEST_LABELLED = 4096;
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
  const joined = withoutBlanksInMarks(text).replace(ARROW, ' ').replaceAll('.[.]', '[.]').replaceAll('](', ` ${LINK}`);
  return joined.split(SEPARATORS).flatMap(tokensIn);
}

/** `evil [.] example` as `evil[.]example`. */
export function withoutBlanksInMarks(text: string): string {
  return text.replace(/ ?([[({]) ?(\.|dot|@|at) ?([\])}]) ?/gi, '$1$2$3');
}

function tokensIn(word: string): Token[] {
  const isTarget = word.startsWith(LINK);
  const pieces = piecesOf(isTarget ? word.slice(LINK.length) : word);
  return pieces.map((text) => ({ text, isLinkTarget: isTarget || WITH_WORDS.test(text) }));
}

function piecesOf(word: string): string[] {
  const pieces = word.split(word.includes('//') ? BEFORE_URL : /[,;]/);
  return pieces.map(trimmed).flatMap(unlabelled).flatMap(alternatives);
}

function trimmed(word: string): string {
  let token = word.replace(LEADING, '').replace(TRAILING, '').replace(EMPHASIS, '$1');
  const open = token.charAt(0);
  const close = CLOSING.get(open);
  if (close !== undefined && (token.endsWith(close) || !token.includes(close))) token = token.slice(1);
  for (const [left, right] of CLOSING) {
    if (token.endsWith(right) && count(token, right) > count(token, left)) token = token.slice(0, -1);
  }
  return token.replace(TRAILING, '');
}

/** What a token that is no value but defanged holds: `c2=evil[.]example`, `evil[.]example->192.0.2[.]1`. */
function unlabelled(token: string): string[] {
  if (!isDefanged(token) || token.length > LONGEST_LABELLED || isValue(token)) return [token];
  const [, url] = LABELLED_URL.exec(token) ?? [];
  const parts = url === undefined ? token.split(JOINTS).map(trimmed) : [url];
  return parts.some(isValue) ? parts : [token];
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
