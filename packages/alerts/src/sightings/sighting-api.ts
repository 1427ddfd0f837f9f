import { oneLine } from '@misp-pipeline/core';
import { HttpError, isRecord, type MispClient, textOf } from '@misp-pipeline/misp';
import type { Report } from './sighting.ts';

/** Type of a sighting: seen. MISP replaces an earlier expiry only when it is told so in a string. */
const SEEN = '0';

/** Says that MISP will never take a sighting. */
export class RefusedSighting extends Error {
  override readonly name = 'RefusedSighting';
}

/** Sightings of one MISP server. */
export class SightingApi {
  readonly #client: MispClient;
  readonly #signal: AbortSignal;

  constructor(client: MispClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  /** Requests so far. */
  get requests(): number {
    return this.#client.requests;
  }

  /**
   * Stores a sighting; sent once, since a second request would make a second sighting. Throws a RefusedSighting when MISP
   * says, with status 200, that it did not, and an HttpError for all else.
   */
  async add({ attribute, timestamp, source }: Report): Promise<void> {
    const body = { type: SEEN, source, timestamp };
    const path = `sightings/add/${encodeURIComponent(attribute)}`;
    const { document } = await this.#client.post(path, body, { signal: this.#signal, retries: 0 });
    if (isRecord(document) && isRecord(document.Sighting)) return;
    const message = isRecord(document) ? textOf(document.message) : '';
    if (message !== '') throw new RefusedSighting(reasonOf(message));
    throw new HttpError('invalid', `\`${path}\` answered 200, and neither a sighting nor a message`);
  }

  /** Whether a sighting with exactly this source is there. */
  async has({ source }: Report): Promise<boolean> {
    const body = { returnFormat: 'json', source };
    const { document } = await this.#client.post('sightings/restSearch', body, { signal: this.#signal });
    if (!isRecord(document) || !Array.isArray(document.response))
      throw new HttpError('invalid', '`sightings/restSearch` answered 200, and no list of sightings');
    return document.response.some(
      (row) => isRecord(row) && isRecord(row.Sighting) && textOf(row.Sighting.source) === source,
    );
  }
}

/** `No valid attributes found that match the criteria.` of `Could not add the Sighting. Reason: ...` */
function reasonOf(message: string): string {
  return oneLine(message).replace(/^Could not add the Sighting\. Reason: /, '');
}
