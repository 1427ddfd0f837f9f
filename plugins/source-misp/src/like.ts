/** Whether a text is one of the names, in which `%` stands for any text, as in SQL's LIKE. Takes time in proportion to it. */
export function like(names: readonly string[]): (text: string) => boolean {
  const patterns = names.map((name) => name.split('%'));
  return (text) => patterns.some((pieces) => matches(text, pieces));
}

/** Whether a text consists of the pieces in their order, with any text between them. */
function matches(text: string, pieces: readonly string[]): boolean {
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return text === first;
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= end;
}
