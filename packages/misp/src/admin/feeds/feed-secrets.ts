import { secretsOfUrl } from '../shown-url.ts';
import type { Feed } from './feed.ts';
import { headerSecrets } from './feed-headers.ts';

/** The credentials of a feed, so that they can be masked wherever a server repeats them. */
export function feedSecrets({ secretUrl, secretHeaders }: Pick<Feed, 'secretUrl' | 'secretHeaders'>): string[] {
  return [...secretsOfUrl(secretUrl.reveal()), ...headerSecrets(secretHeaders.reveal())];
}
