import { mask, SHORTEST_SECRET } from '../mask.ts';

/** Takes the secrets of a config out of text that leaves the program by another way than stdout and stderr. */
export function masking(secrets: readonly string[]): (text: string) => string {
  const longestFirst = secrets.filter((secret) => secret.length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length);
  return (text) => mask(text, longestFirst);
}
