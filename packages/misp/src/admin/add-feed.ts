import { attempt } from './attempt.ts';
import type { Feed } from './feed.ts';
import type { FeedApi } from './feed-api.ts';
import { feedDifference } from './feed-difference.ts';
import type { FeedDraft } from './feed-draft.ts';
import { failed, type Outcome } from './outcome.ts';
import { isSameUrl } from './shown-url.ts';

/**
 * Makes sure that a feed is there and is as the draft has it. MISP would add a second feed of the same address; here a
 * feed of the same address and format is changed where it differs. The server is read again afterwards.
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
    const now = (await api.list()).find((one) => one.id === id);
    const left = now && feedDifference(draft, now).changes.map(({ field }) => field);
    if (left?.length === 0) return { ...subject, id, status: 'changed' };
    const what = left === undefined ? 'the feed is not there' : `still as before: ${left.join(', ')}`;
    return failed({ id, name: draft.name }, 'not-taken', `the server accepted it, but ${what}`);
  });
}

/** Feeds that the draft means; one of the same name first. */
function sameFeeds(feeds: readonly Feed[], draft: FeedDraft): Feed[] {
  const same = feeds.filter((feed) => feed.format === draft.format && isSameUrl(feed.secretUrl.reveal(), draft.url));
  return same.sort((a, b) => Number(b.name === draft.name) - Number(a.name === draft.name));
}

function twins([, ...others]: readonly Feed[]): string | undefined {
  if (others.length === 0) return undefined;
  return `the same address and format is also in feed ${others.map(({ id }) => id).join(', ')}, which stays as it is`;
}
