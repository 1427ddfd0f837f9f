import { Secret } from '@misp-pipeline/core';
import {
  type Distribution,
  draftFaults,
  type FeedApi,
  type FeedDraft,
  type FeedFormat,
  feedSecrets,
} from '@misp-pipeline/misp';
import type { Context } from '../context.ts';
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
  const headers = headersFrom(options.headersFromEnv);
  context.io.hide(feedSecrets({ secretUrl: new Secret(url), secretHeaders: new Secret(headers ?? '') }));
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

function headersFrom(variable: string | undefined): string | undefined {
  if (variable === undefined) return undefined;
  const todo = 'Put headers into it, one a line, as `Name: value`, and give its name.';
  if (!/^[A-Za-z_]\w*$/.test(variable))
    throw new UsageError('what --headers-from-env names is no name of an environment variable', todo);
  const headers = process.env[variable];
  if (headers === undefined) throw new UsageError(`the environment variable \`${variable}\` is not set`, todo);
  return headers;
}

async function tagOf(api: FeedApi, name: string | undefined): Promise<FeedDraft['tag']> {
  if (name === undefined) return undefined;
  const id = await api.tagId(name);
  if (id === undefined) throw new UsageError(`the server has no tag \`${visible(name)}\``, 'Create it there first.');
  return { id, name };
}
