const LONGEST = 200;
const MARKED = /^(?:#{1,6}|={1,6})\s+(\S.*)$/;
const CAPITALS = /^([A-Z0-9][^a-z]*[A-Z][^a-z]*):\s*$/;
const SHORT_WITH_COLON = /^([A-Z][A-Za-z &/]{2,40}):\s*$/;

/** The text of a heading in Markdown or AsciiDoc, or of a line in capitals or of few words that ends in a colon. */
export function headingOf(line: string): string | undefined {
  if (line.length > LONGEST) return undefined;
  const [, text] = MARKED.exec(line) ?? CAPITALS.exec(line) ?? SHORT_WITH_COLON.exec(line) ?? [];
  return text?.trim();
}
