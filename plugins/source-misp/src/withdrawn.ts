import type { Intake, Logger } from '@misp-pipeline/core';
import {
  attributeRows,
  type Fields,
  flagOf,
  HttpError,
  isRecord,
  type MispClient,
  type NormaliserOptions,
  sortAttributes,
  textOf,
  type WithdrawnAttribute,
} from '@misp-pipeline/misp';
import type { LocalFilter } from './local-filter.ts';
import type { MispOptions } from './options.ts';

const PATH = 'attributes/restSearch';

/** Attributes that the server is asked about, once. Of more the cause is not worth the waiting. */
const MOST_ASKED = 500;

export interface WithdrawnParts {
  readonly client: MispClient;
  readonly options: MispOptions;
  readonly filter: LocalFilter;
  /** What earlier runs took. */
  readonly taken: NormaliserOptions;
  readonly logger: Logger;
}

/**
 * Tells of each attribute that left the mirror why it did: `withdrawn:<why>`, as far as the mirror knows, or the server says
 * when it is asked.
 */
export async function tellWithdrawn(
  withdrawn: Iterable<WithdrawnAttribute>,
  parts: WithdrawnParts,
  intake: Intake,
  signal: AbortSignal,
): Promise<void> {
  const all = [...withdrawn];
  const unclear = all.filter(({ why }) => why === 'attribute').map(({ attribute }) => attribute);
  const present = await presentForms(unclear.slice(0, MOST_ASKED), parts, signal);
  const causes = Map.groupBy(all, ({ why, attribute }): string => {
    const now = why === 'attribute' ? present.get(textOf(attribute.uuid)) : undefined;
    return now === undefined ? why : whyLeft(attribute, now, parts);
  });
  for (const [why, some] of causes) {
    const Attribute = some.map(({ attribute }) => attribute);
    for (const record of sortAttributes({ Attribute }, parts.taken).taken) intake.withdrawn(`withdrawn:${why}`, record);
  }
}

/** What attributes look like now, deleted ones and drafts included, by UUID. None when the server does not say. */
async function presentForms(
  attributes: readonly Fields[],
  { client, logger }: WithdrawnParts,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Fields>> {
  if (attributes.length === 0) return new Map();
  const search = {
    returnFormat: 'json',
    uuid: attributes.map(({ uuid }) => textOf(uuid)),
    deleted: [0, 1],
    published: [0, 1],
    includeContext: 1,
    includeEventTags: 1,
    includeAllTags: 1,
    ...{ limit: attributes.length, page: 1 },
  };
  try {
    const { document } = await client.post(PATH, search, { signal, retries: 0 });
    const rows = attributeRows(document) ?? [];
    return new Map(rows.filter(isRecord).map((row) => [textOf(row.uuid), row]));
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    logger.info({ attributes: attributes.length }, `why they were withdrawn is not known: ${error.message}`);
    return new Map();
  }
}

function whyLeft(before: Fields, now: Fields, { options, filter }: WithdrawnParts): string {
  if (flagOf(now.deleted) === true) return 'deleted';
  if (options.toIds && flagOf(now.to_ids) === false) return 'to-ids';
  if (textOf(now.value) !== textOf(before.value)) return 'edited';
  const skipped = filter.whySkipped(now)?.replace('skipped:', '');
  if (skipped !== undefined) return skipped;
  const isDraft = isRecord(now.Event) && flagOf(now.Event.published) === false;
  return options.published && isDraft ? 'unpublished' : 'attribute';
}
