/**
 * Validators that take values of one list for mistakes which are meant as they are: a literal `*` or `?`, digits alone,
 * values that differ in case only (they are told apart by what reads case), the only value of a user agent that looks
 * like the name of an account.
 */
export function complaintsAbout(values: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const folded = new Set(values.map((value) => value.toLowerCase()));
  if (folded.size < values.length) found.add('sigmahq_field_duplicate_value');
  if (values.length === 1 && /AUT(?:O|HO)RI/.test(values[0] ?? '')) found.add('sigmahq_field_user');
  for (const value of values) {
    if (/[*?]/.test(value)) found.add('escaped_wildcard');
    if (/^[+-]?\p{Nd}+(?:_\p{Nd}+)*$/u.test(value)) found.add('number_as_string');
  }
  return [...found];
}
