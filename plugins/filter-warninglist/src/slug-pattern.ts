/** Tells whether a slug is one of the patterns, in which `*` stands for any text. */
export function slugMatcher(patterns: readonly string[]): (slug: string) => boolean {
  const alternatives = patterns.map((pattern) => pattern.split('*').map(escapeRegex).join('.*'));
  const expression = new RegExp(`^(?:${alternatives.join('|')})$`);
  return (slug) => patterns.length > 0 && expression.test(slug);
}

function escapeRegex(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
