export { addFeed } from './admin/feeds/add-feed.ts';
export { type CacheOptions, cacheFeeds, cacheTimeText } from './admin/feeds/cache-feeds.ts';
export {
  type CacheTime,
  type Distribution,
  FEED_FORMATS,
  type Feed,
  type FeedFormat,
} from './admin/feeds/feed.ts';
export { FeedApi } from './admin/feeds/feed-api.ts';
export { draftFaults, type FeedDraft } from './admin/feeds/feed-draft.ts';
export { type FeedPreview, type OfferedEvent, type OfferedValue, previewFeed } from './admin/feeds/feed-preview.ts';
export { feedSecrets } from './admin/feeds/feed-secrets.ts';
export { fetchFeeds } from './admin/feeds/fetch-feeds.ts';
export { type LoadedFeeds, loadDefaultFeeds } from './admin/feeds/load-default-feeds.ts';
export { type FeedSwitches, switchFeeds } from './admin/feeds/switch-feeds.ts';
export type { Change, Outcome, OutcomeFailure, OutcomeStatus } from './admin/outcome.ts';
export { type Selection, select } from './admin/selection.ts';
export { readCertificate, type ServerCertificate } from './admin/server/certificate.ts';
export { readServerFacts, type ServerFacts } from './admin/server/server-facts.ts';
export { type MispUser, readUser } from './admin/server/user.ts';
export { type CheckedValue, checkValues, type ValueCheck, type ValueMatch } from './admin/warninglists/check-values.ts';
export { switchWarninglists } from './admin/warninglists/switch-warninglists.ts';
export { type UpdatedWarninglists, updateWarninglists } from './admin/warninglists/update-warninglists.ts';
export type { Warninglist } from './admin/warninglists/warninglist.ts';
export { WarninglistApi } from './admin/warninglists/warninglist-api.ts';
export { candidatesOf } from './candidates.ts';
export { readConfirmation, writeConfirmation } from './feed/confirmation.ts';
export { eventUuid } from './feed/event-uuid.ts';
export { feedClient, feedStateDir, headersOption, isAddress } from './feed/feed-access.ts';
export { type FeedEntry, type FeedManifest, parseManifest } from './feed/manifest.ts';
export { isMissing, readBoundedFile } from './feed/read-file.ts';
export { ShrinkGuard } from './feed/shrink-guard.ts';
export { writeAtomically } from './feed/write-atomically.ts';
export { type Fields, flagOf, isRecord, momentOf, secondsOf, textOf } from './fields.ts';
export { type AttributeReader, PagedAttributes, type ReaderOptions, type Search } from './mirror/attribute-reader.ts';
export { WholeEvents } from './mirror/event-reader.ts';
export { Mirror } from './mirror/mirror.ts';
export { IncompleteWalk, Sync, type SyncAccount, type SyncMode, type SyncOptions } from './mirror/sync.ts';
export type { WithdrawnAttribute } from './mirror/withdrawals.ts';
export { Normaliser, type NormaliserOptions } from './normaliser.ts';
export { AnswerParser } from './rest/answer-parser.ts';
export { attributeRows } from './rest/attribute-rows.ts';
export { type AttributePage, AttributeSearch, type SearchOptions } from './rest/attribute-search.ts';
export { connect } from './rest/connect.ts';
export { DistinctAttributes } from './rest/distinct-attributes.ts';
export { type EventIndex, fetchEventIndex } from './rest/event-index.ts';
export { explained } from './rest/explained.ts';
export { type HttpAnswer, HttpClient, type HttpOptions, type HttpRequest } from './rest/http-client.ts';
export { HttpError, type HttpFailure, isMaintenance } from './rest/http-error.ts';
export { type MispAnswer, MispClient, type MispClientOptions, type RequestOptions } from './rest/misp-client.ts';
export { parseJson } from './rest/parse-json.ts';
export { type ServerOptions, serverOptions } from './server-options.ts';
export { type SortedAttributes, sortAttributes } from './sort-attributes.ts';
export { attributeOptions, requestOptions } from './source-options.ts';
export { tagNamesOf } from './tags.ts';
export { type DetectedValue, detectValue } from './text/detect.ts';
export type { Entry, FoundValue, NoValue } from './text/entry.ts';
export { type Line, linesOf } from './text/lines.ts';
export { textOptions } from './text/text-options.ts';
export { TextSource } from './text/text-source.ts';
export { DETECTABLE_TYPES } from './types.ts';
export { fetchWarninglist } from './warninglists/fetch-warninglist.ts';
export { fetchWarninglistIndex, type ListedWarninglist } from './warninglists/warninglist-index.ts';
