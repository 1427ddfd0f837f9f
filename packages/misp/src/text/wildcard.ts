/** A test for texts that match one of the patterns, in which `*` stands for anything. Case does not matter. */
export function wildcards(patterns: readonly string[]): (text: string) => boolean {
  const parts = patterns.map((pattern) => pattern.toLowerCase().split('*'));
  return (text) => {
    const lower = text.toLowerCase();
    return parts.some((pieces) => matches(lower, pieces));
  };
}

/** The pieces have to follow one another; taking the first place for each is right, and takes linear time. */
function matches(text: string, pieces: readonly string[]): boolean {
  const [head = '', ...rest] = pieces;
  const tail = rest.pop();
  if (tail === undefined) return text === head;
  if (!text.startsWith(head)) return false;
  let from = head.length;
  for (const piece of rest) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return text.length - tail.length >= from && text.endsWith(tail);
}
