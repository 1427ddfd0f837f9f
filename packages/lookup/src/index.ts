export type { Answer, AnsweredIndicator, Summary, Verdict, WarninglistHit } from './answer/answer.ts';
export { answerFor } from './answer/answer-for.ts';
export { admits, CEILINGS, type Ceiling, type DefinedTlp, NO_CEILING } from './answer/ceiling.ts';
export { IndexBuilder, type IndexedPipeline } from './build/index-builder.ts';
export { IndexFolder } from './build/index-folder.ts';
export { type Cover, coverOf, type PrefixLengths } from './cover.ts';
export { type FeedCacheAnswer, type FeedHit, searchFeedCache } from './feed-cache.ts';
export { behind, knowingLive } from './knowing-live.ts';
export type {
  KnownArtefact,
  KnownIndicator,
  KnownOrigin,
  LookupIndex,
  Match,
  Query,
  Relation,
  Snapshot,
  Stopped,
} from './known.ts';
export { NoIndex } from './no-index.ts';
export { type ReadableIndex, type Reading, readIndex } from './reading.ts';
export { IndexUnavailable, type UnavailableReason } from './redis/index-unavailable.ts';
export { publishToRedis } from './redis/publish-to-redis.ts';
export { RedisIndex } from './redis/redis-index.ts';
export type { OpenSnapshot } from './sqlite/open-snapshot.ts';
export { SqliteIndex } from './sqlite/sqlite-index.ts';
export { type ValueLine, valueLines } from './value-lines.ts';
export { withFallback } from './with-fallback.ts';
