import { attempt } from '../attempt.ts';
import { failed, type Outcome } from '../outcome.ts';
import { readAgain, unchecked } from '../read-again.ts';
import type { Feed } from './feed.ts';
import { isSameAddress, isSamePlace } from './feed-address.ts';
import type { FeedApi } from './feed-api.ts';
import { feedDifference } from './feed-difference.ts';
import type { FeedDraft } from './feed-draft.ts';

/**
 * Makes sure that a feed is there and is as the draft has it. MISP would add a second feed of the same address; here a
 * feed of the same address and format is changed where it differs. Credentials in the address make no other feed of it.
 * The server is read again afterwards.
 */
export async function addFeed(api: FeedApi, draft: FeedDraft, { dryRun }: { dryRun: boolean }): Promise<Outcome> {
  const same = sameFeeds(await api.list(), draft);
  const [feed] = same;
  const { fields, changes } = feedDifference(draft, feed);
  const subject = { id: feed?.id, name: draft.name, changes, note: twins(same) };
  if (changes.length === 0) return { ...subject, status: 'unchanged' };
  if (dryRun) return { ...subject, status: 'planned' };
  return attempt(subject, async () => {
    const id = feed?.id ?? (await api.add(fields)).id;
    if (feed !== undefined) await api.edit(id, fields);
    const reading = await readAgain(() => api.list());
    if ('fault' in reading) return unchecked({ ...subject, id, status: 'changed' }, reading.fault);
    const now = reading.things.find((one) => one.id === id);
    const left = now && feedDifference(draft, now).changes.map(({ field }) => field);
    if (left?.length === 0) return { ...subject, id, status: 'changed' };
    const what = left === undefined ? 'the feed is not there' : `still as before: ${left.join(', ')}`;
    const made = left === undefined ? [] : changes.filter(({ field }) => !left.includes(field));
    return { ...failed({ id, name: draft.name }, 'not-taken', `the server accepted it, but ${what}`), changes: made };
  });
}

/** Feeds that the draft means, one of the same name first; else one of this name with another query in its address. */
function sameFeeds(feeds: readonly Feed[], draft: FeedDraft): Feed[] {
  const alike = feeds.filter(({ format }) => format === draft.format);
  const same = alike.filter(({ secretUrl }) => isSameAddress(secretUrl.reveal(), draft.url));
  if (same.length > 0) return same.sort((a, b) => Number(b.name === draft.name) - Number(a.name === draft.name));
  return alike
    .filter((feed) => feed.name === draft.name && isSamePlace(feed.secretUrl.reveal(), draft.url))
    .slice(0, 1);
}

function twins([, ...others]: readonly Feed[]): string | undefined {
  if (others.length === 0) return undefined;
  return `the same address and format is also in feed ${others.map(({ id }) => id).join(', ')}, which stays as it is`;
}
