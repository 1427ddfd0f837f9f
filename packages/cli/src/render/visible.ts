const LINE_LIMIT = 240;

/** A value of a source for a person: on one line, not too long, and with nothing in it that could steer a terminal. */
export function visible(text: string, limit = LINE_LIMIT): string {
  const clean = text.replace(
    /[[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\ufe0e\ufe0f]]/gv,
    (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`,
  );
  return clean.length <= limit ? clean : `${clean.slice(0, limit)}...`;
}
