import type { Logger, ReloadReport } from '@misp-pipeline/core';
import {
  everyKind,
  type FakeWazuh,
  type FakeWazuhOptions,
  type RulesetFiles,
  render,
  startFakeWazuh,
  testServices,
} from '@misp-pipeline/testing';
import { onTestFinished } from 'vitest';
import { LOG_SOURCES } from '../src/log-sources/all.ts';
import { wazuhOptions } from '../src/options.ts';
import plugin from '../src/plugin.ts';
import type { Time } from '../src/reload/api/pace.ts';
import { reloadByApi } from '../src/reload/api/reload.ts';
import { managerFiles } from '../src/reload/manager-files.ts';
import { wazuhReload } from '../src/reload/options.ts';
import { Manager } from './manager.ts';
import { aFolder, published, type Texts, write } from './published.ts';

export const PASSWORD = 'correct horse battery';

/** What the exporter writes of one indicator of every kind, for delivery by the API. */
export const TEXTS: Texts = await writtenTexts();

async function writtenTexts(): Promise<Texts> {
  const exporter = plugin.create(wazuhOptions.parse({ delivery: 'api', patterns: 100 }), testServices());
  return (await render(exporter, everyKind())).output.texts();
}

/** A fake manager whose rules the model of the engine evaluates. It goes with the test. */
export async function aManager(options: FakeWazuhOptions = {}): Promise<FakeWazuh> {
  const fake = await startFakeWazuh({ password: PASSWORD, logtest: firedBy, ...options });
  onTestFinished(() => fake.close());
  return fake;
}

/** The rule that a line fires, with what lies on the fake manager; what does not lie there is taken as published. */
function firedBy(event: string, files: RulesetFiles): number | undefined {
  const text = (path: string) => files.get(path) ?? TEXTS[path] ?? '';
  return new Manager({ text, has: (path) => files.has(path) }).idFor(event);
}

/** A clock that goes on only while somebody waits. */
export function aTime(): Time & { slept: number } {
  const time = {
    slept: 0,
    now: () => time.slept * 1000,
    sleep: async (seconds: number) => {
      time.slept += seconds;
    },
  };
  return time;
}

interface Told {
  readonly previous?: Texts;
  /** Options of the API besides those that lead to the fake manager. */
  readonly options?: object;
  readonly time?: Time;
  readonly logger?: Logger;
}

/** Publishes files and tells the manager. */
export function tell(
  { url }: FakeWazuh,
  live: Texts,
  { previous, options, time = aTime(), logger = testServices().logger }: Told = {},
): Promise<ReloadReport> {
  const { api } = wazuhReload.parse({ api: { url, user: 'wazuh', password: PASSWORD, ...options } });
  if (api === undefined) throw new Error('the options name no API');
  const files = published(live, previous && write(aFolder(), previous));
  const isOurRule = (id: number) => id >= 110_000 && id < 111_000;
  const settings = { logSources: LOG_SOURCES, isOurRule, logger };
  return reloadByApi(files, api, settings, new AbortController().signal, time);
}

/** What of the published files a manager gets. */
export function forManager(live: Texts): ReadonlyMap<string, string> {
  return new Map(managerFiles(write(aFolder(), live)).map(({ path }) => [path, live[path] ?? '']));
}

/** Requests that begin in this way, such as `PUT /lists`. */
export function requests({ requests: all }: FakeWazuh, start: string): readonly string[] {
  return all.filter(({ what }) => what.startsWith(start)).map(({ what }) => what);
}

/** What the engine says of an id that is too long, 7777777. */
export function noLongIds(files: RulesetFiles) {
  const isLong = [...files.values()].some((text) => text.includes('7777777'));
  return { errors: isLong ? ['(1226): Error reading XML file'] : [] };
}
