/** The list that a rule of ours reads, by its path; undefined when it reads none. */
export function listOf(rule: string): string | undefined {
  return /(?:\bload |; ?file(?:md5|sha1|sha256):)([\w./-]+)/.exec(rule)?.[1];
}

/** The number of a rule of ours, which stands behind all text of strangers. */
export function sidOf(rule: string): number | undefined {
  const sid = /; sid:(\d+); rev:\d+;\)$/.exec(rule)?.[1];
  return sid === undefined ? undefined : Number(sid);
}
