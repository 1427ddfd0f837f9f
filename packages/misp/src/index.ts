export { candidatesOf } from './candidates.ts';
export { eventUuid } from './feed/event-uuid.ts';
export { type FeedEntry, type FeedManifest, parseManifest } from './feed/manifest.ts';
export { Normaliser, type NormaliserOptions } from './normaliser.ts';
export {
  type AttributePage,
  AttributeSearch,
  attributeId,
  attributeRows,
  type SearchOptions,
} from './rest/attribute-search.ts';
export { type HttpAnswer, HttpClient, type HttpOptions, type HttpRequest } from './rest/http-client.ts';
export { HttpError, type HttpFailure } from './rest/http-error.ts';
export { type MispAnswer, MispClient, type MispClientOptions } from './rest/misp-client.ts';
export { oneLine } from './rest/one-line.ts';
export { parseJson } from './rest/parse-json.ts';
export { DETECTABLE_TYPES } from './types.ts';
