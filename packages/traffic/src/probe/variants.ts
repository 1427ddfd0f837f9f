/** Every second letter in upper case, as resolvers send names to hamper forgers. */
export function mixedCase(text: string): string {
  return text.replace(/[a-z]/g, (letter, at: number) => (at % 2 === 0 ? letter.toUpperCase() : letter));
}

/** The text with its last letter or digit changed into another one, or undefined when it has none. */
export function oneChanged(text: string): string | undefined {
  const at = lastPlain(text);
  if (at < 0) return undefined;
  const other = text[at] === 'q' ? 'z' : 'q';
  return text.slice(0, at) + other + text.slice(at + 1);
}

/** Index of the last letter or digit that is no part of an escape such as `%2f`; -1: there is none. */
function lastPlain(text: string): number {
  for (let i = text.length - 1; i >= 0; i--) {
    const isEscape = text[i - 1] === '%' || text[i - 2] === '%';
    if (/[A-Za-z0-9]/.test(text[i] ?? '') && !isEscape) return i;
  }
  return -1;
}

/** The text with the case of one letter changed, or undefined when it has none outside of escapes. */
export function otherCase(text: string): string | undefined {
  const at = text.search(/(?<!%|%[0-9A-Fa-f])[A-Za-z]/);
  if (at < 0) return undefined;
  const letter = text[at] ?? '';
  const swapped = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  return text.slice(0, at) + swapped + text.slice(at + 1);
}

/** The port beside another one. */
export function nextPort(port: number): number {
  return port === 65_535 ? port - 1 : port + 1;
}

/** What can stand in a header field or on a line as it is: no control characters, no blanks around it. */
export function isFieldText(text: string): boolean {
  return /^[^\x00-\x20\x7f](?:[^\x00-\x1f\x7f]*[^\x00-\x20\x7f])?$/.test(text);
}
