export { applyFilter, type Dropped, type Filtered } from './apply-filter.ts';
export { hasOpenssl, selfSignedCertificate } from './certificate.ts';
export { exporterContract } from './contract/exporter-contract.ts';
export type { ExporterCase, OutputFiles } from './contract/exporter-subject.ts';
export { filterContract } from './contract/filter-contract.ts';
export type { FilterCase } from './contract/filter-subject.ts';
export { indicatorProblems } from './contract/indicator-form.ts';
export { sourceContract } from './contract/source-contract.ts';
export type { SourceCase, SourceTotals } from './contract/source-subject.ts';
export type { ContractCase, PluginOf } from './contract/subject.ts';
export { everyKind } from './corpus/every-kind.ts';
export { hostileIndicators } from './corpus/hostile.ts';
export { deepFreeze } from './deep-freeze.ts';
export type { AdministrationAnswer, AdministrationRequest } from './fake-administration/exchange.ts';
export {
  type FakeAdministration,
  type FakeAdministrationOptions,
  startFakeAdministration,
} from './fake-administration/server.ts';
export { FakeInstance, type Holdings, type NewAttribute, type SearchBody } from './fake-misp/instance.ts';
export {
  type FakeMisp,
  type FakeMispOptions,
  type FakeMispRequest,
  type Misbehaviour,
  startFakeMisp,
} from './fake-misp/server.ts';
export type { WazuhAnswer } from './fake-wazuh/answer.ts';
export type { RulesetFiles } from './fake-wazuh/ruleset.ts';
export { type FakeWazuh, type FakeWazuhOptions, type FakeWazuhRequest, startFakeWazuh } from './fake-wazuh/server.ts';
export { type Loopback, type ReceivedRequest, startLoopback, type TlsFiles } from './loopback.ts';
export { anEvent, anIndicator, anOrigin } from './make.ts';
export { MemoryOutput } from './memory-output.ts';
export { Random } from './random.ts';
export { readSource, type SourceReading } from './read-source.ts';
export { RecordingLogger } from './recording-logger.ts';
export { type Rendered, render } from './render.ts';
export { type ReplayServer, startReplayServer } from './replay-server.ts';
export { testServices } from './services.ts';
