export { z } from 'zod';
export { diffReleases } from './changes/diff.ts';
export { Clock, systemClock } from './clock.ts';
export type { ExporterConfig, FaultAt, PipelineConfig, StageConfig } from './config/config.ts';
export { configJsonSchema } from './config/json-schema.ts';
export { type LoadOptions, loadConfig } from './config/load.ts';
export { type ConfigChoice, locateConfig } from './config/locate.ts';
export {
  type IndexOptions,
  type RedisOptions,
  redisOptions,
  type ServeOptions,
  SHORTEST_TOKEN,
} from './config/look-up.ts';
export {
  type GuardOptions,
  type MetricsOptions,
  NOTIFY_EVENTS,
  type NotifyOptions,
  type ScheduleOptions,
} from './config/operation.ts';
export { optionsJsonSchema } from './config/options.ts';
export { CronSchedule } from './cron-schedule.ts';
export type { BenignHit, Drill, DrillReport, DrillResult, DrillTarget } from './drill.ts';
export { findRefused, type Refused } from './engine/find-refused.ts';
export { type EngineOptions, engineOptions } from './engine/options.ts';
export { type EngineRun, type EngineRunOptions, runEngine } from './engine/run-engine.ts';
export { errorCode } from './error-code.ts';
export { ERRORS, type ErrorCode, EXIT, isPipelineError, messageOf, PipelineError, pipelineError } from './errors.ts';
export type { Entry, PastEntry } from './history/entry.ts';
export type { KnownEvent } from './history/event-book.ts';
export { History } from './history/history.ts';
export type { Release, ReleasedExporter, ReleaseState } from './history/releases.ts';
export { type HeldFile, holdFile } from './hold-file.ts';
export { StageIds } from './ids/book.ts';
export { GivenIds } from './ids/given-ids.ts';
export type { AssignedId, IdBook, IdLedger, IdRange } from './ids/ledger.ts';
export {
  type Direction,
  type EventContext,
  INDICATOR_KINDS,
  type Indicator,
  type IndicatorFields,
  type IndicatorIdentity,
  type IndicatorKind,
  indicatorKey,
  makeIndicator,
  type Origin,
  SEVERITIES,
  type Severity,
  type Testimony,
  TLP_LABELS,
  type Tlp,
} from './indicator.ts';
export { inject, injectable, injected, Options, Services } from './injection.ts';
export { Logger } from './logger.ts';
export { oneLine } from './one-line.ts';
export { GenerationFolder, type Publication } from './output/generation.ts';
export type { Manifest, ManifestFile } from './output/manifest.ts';
export type { Output, OutputFile, Placement } from './output/output.ts';
export { sync } from './output/sync.ts';
export type { PlaceReport } from './place/report.ts';
export {
  BATCH_SIZE,
  type Batch,
  type CheckReport,
  type Coverage,
  type DefinedPlugin,
  type Drop,
  definePlugin,
  type Exporter,
  type Filter,
  type Intake,
  type OptionsSchema,
  type Plugin,
  type PluginDefinition,
  type PluginKind,
  type Published,
  type RefusedEntry,
  type RejectedRecord,
  type ReloadReport,
  type Source,
  type SourceProblem,
  type Staged,
  type StageServices,
  type Support,
  type SyncReport,
} from './plugin.ts';
export { describeOptions, type OptionRow } from './plugins/describe.ts';
export { type DiscoveredPlugin, discoverPlugins } from './plugins/discover.ts';
export { type PluginFault, type ResolvedPlugin, resolvePlugin } from './plugins/resolve.ts';
export { type ApplyOptions, applyPlan } from './release/apply.ts';
export { refuseUnknownFindings } from './release/guard-names.ts';
export { restorableReleases } from './release/retention.ts';
export { findRelease, type ReleaseName, type RollbackTarget, rollBack } from './release/rollback.ts';
export type { ReleaseOptions, ReleaseReport } from './release/session.ts';
export { Collector } from './run/collect.ts';
export type { Collected } from './run/collected.ts';
export { ReasonCounter, type Reasons } from './run/reasons.ts';
export type {
  ChangeCounts,
  ChangedIndicator,
  ChangeGroup,
  CheckOutcome,
  ExporterChanges,
  ExporterReport,
  FilterReport,
  Funnel,
  GuardFinding,
  Latency,
  Quarantined,
  RunReport,
  SourceReport,
} from './run/report.ts';
export { type RunOptions, runPipeline } from './run/run.ts';
export type { Progress, Trace } from './run/trace.ts';
export type { ExporterVerification, FailedDetection, VerdictCounts, VerifyReport } from './run/verification.ts';
export { type VerifyOptions, verifyPipeline } from './run/verify.ts';
export { filePath, redact, Secret, secret } from './secret.ts';
export { secondsOfSpan, span, spanOrNone } from './span.ts';
export { strictestTlp, tlpRank } from './tlp.ts';
export { canonicalHost } from './value/host.ts';
export {
  type CidrValue,
  canonicalCidr,
  canonicalIp,
  formatIpv4,
  formatIpv6,
  type IpValue,
  type Ipv6Groups,
  parseIpv4,
  parseIpv6,
} from './value/ip.ts';
export { type ListenAddress, listenAddress } from './value/listen-address.ts';
export { patternBytes } from './value/pattern.ts';
export { parseRedisAddress, type RedisAddress } from './value/redis-address.ts';
export { canonicalUrl, formatUrl, parseUrl, splitUrl, type UrlParts } from './value/url.ts';
export { type WebhookAddress, webhookAddress } from './value/webhook-address.ts';
export { type Budgeted, byWorth, withinBudget, worthiest } from './worth.ts';
export { writeAhead } from './write-ahead.ts';
