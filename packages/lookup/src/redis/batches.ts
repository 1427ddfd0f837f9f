import type { KnownIndicator } from '../known.ts';

const MOST_RECORDS = 1000;

/** Some indicators are named by thousands of attributes, most by one. */
const MOST_ORIGINS = 5000;

/** Gathers records into batches that are bounded, also when single records are large. */
export async function* batchesOf(
  records: Iterable<KnownIndicator> | AsyncIterable<KnownIndicator>,
): AsyncGenerator<readonly KnownIndicator[]> {
  let batch: KnownIndicator[] = [];
  let origins = 0;
  for await (const record of records) {
    batch.push(record);
    origins += record.origins.length;
    if (batch.length < MOST_RECORDS && origins < MOST_ORIGINS) continue;
    yield batch;
    batch = [];
    origins = 0;
  }
  if (batch.length > 0) yield batch;
}
