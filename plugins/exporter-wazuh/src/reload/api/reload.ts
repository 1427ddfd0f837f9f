import { readFileSync } from 'node:fs';
import { type Logger, messageOf, type Published, type ReloadReport } from '@misp-pipeline/core';
import { hintsFor } from '../../engine/messages.ts';
import type { LogSource } from '../../look-up.ts';
import type { ApiReload } from '../options.ts';
import { activate } from './activate.ts';
import { WazuhApi } from './client.ts';
import { realTime, type Time } from './pace.ts';
import { listedLine, tryLine } from './try-line.ts';
import { Upload } from './upload.ts';

/** What reloading has to know of the exporter. */
export interface ReloadSettings {
  readonly logSources: readonly LogSource[];
  readonly isOurRule: (id: number) => boolean;
  readonly logger: Logger;
}

/** What came of it, before it is told. */
type Outcome = Omit<ReloadReport, 'engine'>;

/**
 * Gives a manager the published files by its API, lets it take them, and confirms: the manager has the files, its engine
 * says that it took them, and a log line with a listed value fires a rule. Throws when the API cannot be asked at all.
 */
export async function reloadByApi(
  published: Published,
  options: ApiReload,
  settings: ReloadSettings,
  signal: AbortSignal,
  time: Time = realTime,
): Promise<ReloadReport> {
  const { verifyTls, url, ca } = options;
  if (!verifyTls) settings.logger.warn('`verifyTls` is off: whoever is in between can read the password');
  if (url.startsWith('http:')) settings.logger.warn('the password travels unencrypted, since `url` begins with http');
  const api = new WazuhApi({ ...options, ca: ca === undefined ? undefined : readFileSync(ca, 'utf8') }, signal, time);
  await api.login();
  const version = await versionOf(api);
  const { messages, ...outcome } = await bring(api, version, published, options, settings).catch((error): Outcome => {
    signal.throwIfAborted();
    return unconfirmed('API', [messageOf(error)]);
  });
  return { engine: api.quotable(`wazuh ${version}`), ...outcome, messages: messages.map((text) => api.quotable(text)) };
}

/** Version of the manager, such as `4.14.7`; empty when it does not say. */
async function versionOf(api: WazuhApi): Promise<string> {
  const { api_version: version } = (await api.ask('GET', '/')).data;
  return typeof version === 'string' ? version.replace(/^v/, '') : '';
}

/** Brings the manager to what is published. */
async function bring(
  api: WazuhApi,
  version: string,
  published: Published,
  options: ApiReload,
  { logSources, isOurRule }: ReloadSettings,
): Promise<Outcome> {
  if (!version.startsWith('4.')) {
    return unconfirmed('API', [`only Wazuh 4.x has such lists and rules, and the manager says it is \`${version}\``]);
  }
  const upload = new Upload(api, published, options.decoders);
  const { sent, unchanged, faults: refused } = await upload.run();
  if (refused.length > 0) return unconfirmed('API', refused);
  const { method, faults: dead } = await activate(api, { ...options, version, isOurRule });
  const line = options.logtest ? listedLine(published.dir, logSources) : undefined;
  const tried = line && (await tryLine(api, line, isOurRule));
  const faults = [...dead, ...(await upload.missing()), ...(tried?.faults ?? [])];
  if (faults.length > 0) return unconfirmed(method, [...hintsFor(faults), ...faults]);
  const proof = line === undefined ? [] : [`${line.what} fires rule ${tried?.rule}`];
  return { method, confirmed: true, messages: [`files sent: ${sent.length}, unchanged: ${unchanged}`, ...proof] };
}

function unconfirmed(method: string, messages: readonly string[]): Outcome {
  return { method, confirmed: false, messages };
}
