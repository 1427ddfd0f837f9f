const LONGEST = 300;

/** Characters that do not show, or that break a line. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** What somebody else said, on one line and shortened, for a message. */
export function quoted(said: unknown): string {
  const text = typeof said === 'string' ? said : (JSON.stringify(said) ?? 'nothing');
  const part = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return `\`${part.replace(UNSEEN, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`)}\``;
}

/** A number of things, such as `1 look-up`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
