import {
  type Distribution,
  draftFaults,
  type FeedApi,
  type FeedDraft,
  type FeedFormat,
  secretsOfUrl,
} from '@misp-pipeline/misp';
import type { Context } from '../context.ts';
import type { Io } from '../io.ts';
import { visible } from '../render/visible.ts';
import type { ServerCommandOptions } from '../server.ts';
import { UsageError } from '../usage-error.ts';
import type { Changing } from './outcomes.ts';

export interface AddFeedOptions extends ServerCommandOptions, Partial<Changing> {
  readonly name: string;
  readonly provider: string;
  readonly url: string;
  readonly format: FeedFormat;
  readonly enable?: boolean;
  readonly cache?: boolean;
  readonly lookupVisible?: boolean;
  readonly distribution?: Distribution;
  readonly tag?: string;
  /** Name of an environment variable, so that no secret stands on the command line. */
  readonly headersFromEnv?: string;
  readonly columns?: string;
  readonly delimiter?: string;
}

/** The feed that the options describe. Throws a UsageError that says all that is wrong with it. */
export async function feedDraft(context: Context, api: FeedApi, options: AddFeedOptions): Promise<FeedDraft> {
  const { name, provider, url, format, lookupVisible, distribution, columns, delimiter } = options;
  hide(context.io, secretsOfUrl(url));
  const headers = headersFrom(context, options.headersFromEnv);
  const draft: FeedDraft = {
    ...{ name, provider, url, format, lookupVisible, distribution, columns, delimiter, headers },
    enabled: options.enable,
    caching: options.cache,
  };
  const faults = draftFaults(draft);
  if (faults.length > 0)
    throw new UsageError(
      `the feed cannot be added\n  ${faults.map((fault) => visible(fault)).join('\n  ')}`,
      'Nothing was sent.',
    );
  return { ...draft, tag: await tagOf(api, options.tag) };
}

function headersFrom({ io }: Context, variable: string | undefined): string | undefined {
  if (variable === undefined) return undefined;
  const headers = process.env[variable];
  if (headers === undefined)
    throw new UsageError(
      `the environment variable \`${visible(variable)}\` is not set`,
      'Put headers into it, one a line, as `Name: value`.',
    );
  hide(
    io,
    headers.split('\n').map((line) => line.replace(/^[^:]*:/, '').trim()),
  );
  return headers;
}

/** Below, masking would cut into other words; what the commands show themselves is masked anyway. */
const SHORTEST_SECRET = 6;

function hide(io: Io, secrets: readonly string[]): void {
  io.hide(secrets.filter((text) => text.length >= SHORTEST_SECRET));
}

async function tagOf(api: FeedApi, name: string | undefined): Promise<FeedDraft['tag']> {
  if (name === undefined) return undefined;
  const id = await api.tagId(name);
  if (id === undefined) throw new UsageError(`the server has no tag \`${visible(name)}\``, 'Create it there first.');
  return { id, name };
}
