/**
 * A manager's configuration with lists declared in its one `ruleset` block, each once. Throws an Error when it has no
 * such block, or several: each would replace the one before.
 */
export function withLists(configuration: string, lists: readonly string[]): string {
  const parts = configuration.split('</ruleset>');
  if (parts.length !== 2) throw new Error(`\`ossec.conf\` has ${parts.length - 1} \`ruleset\` blocks instead of one`);
  const missing = lists.filter((list) => !configuration.includes(`<list>${list}</list>`));
  return parts.join(`${missing.map((list) => `  <list>${list}</list>\n`).join('')}</ruleset>`);
}
