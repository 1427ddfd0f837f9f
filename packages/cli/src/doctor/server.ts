import { messageOf } from '@misp-pipeline/core';
import {
  FeedApi,
  HttpError,
  type HttpFailure,
  type MispClient,
  type MispUser,
  readServerFacts,
  readUser,
  type ServerFacts,
  WarninglistApi,
} from '@misp-pipeline/misp';
import type { Context } from '../context.ts';
import type { ServerConfig } from '../server.ts';
import { tlsFinding } from './certificate.ts';
import type { CommandLine } from './command-line.ts';
import { clockFinding, keyExpiryFinding, versionFinding } from './connection.ts';
import { feedsFindings } from './feeds.ts';
import { type Finding, ok, warning } from './finding.ts';
import { rightsFindings } from './rights.ts';
import { silenceFinding } from './silence.ts';
import { warninglistsFindings } from './warninglists.ts';

/** Looks at a server from the outside in; what cannot be seen for an earlier fault is left out. */
export async function serverFindings(
  { io, signal }: Context,
  server: ServerConfig,
  client: MispClient,
  typed: CommandLine,
): Promise<Finding[]> {
  const now = Math.floor(Date.now() / 1000);
  const tls = await tlsFinding(server, now, signal);
  if (tls.level === 'error') return [tls];
  const findings = [tls];
  const facts = await factsOr(client, signal, (error) => findings.push(silenceFinding(error)));
  if (facts === undefined) return findings;
  findings.push(ok('server/answers', `\`${server.options.url}\` answers`), versionFinding(facts));
  findings.push(clockFinding(facts), keyExpiryFinding(facts, now));
  let user: MispUser | undefined;
  const look = async (check: string, seen: () => Promise<Finding[]>) => {
    findings.push(...(await orWarning(check, signal, seen)));
  };
  await look('rights', async () => {
    user = await readUser(client, signal);
    return rightsFindings(user, now);
  });
  await look('feeds', async () => {
    const feeds = await new FeedApi(client, signal, (secrets) => io.hide(secrets)).list();
    return feedsFindings(feeds, user, typed, now);
  });
  await look('warninglists', async () =>
    warninglistsFindings(await new WarninglistApi(client, signal).list(), user, typed),
  );
  return findings;
}

async function factsOr(
  client: MispClient,
  signal: AbortSignal,
  failed: (error: HttpError) => void,
): Promise<ServerFacts | undefined> {
  try {
    return await readServerFacts(client, signal);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    failed(error);
    return undefined;
  }
}

async function orWarning(check: string, signal: AbortSignal, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    signal.throwIfAborted();
    const todo = LOOK_ADVICE[error instanceof HttpError ? error.kind : 'unexpected'] ?? 'See the log of the server.';
    return [warning(`${check}/unseen`, `could not be looked at: ${messageOf(error)}`, todo)];
  }
}

const LOOK_ADVICE: Partial<Record<HttpFailure, string>> = {
  refused: 'See whether the key may read this.',
  busy: 'Wait a quarter of an hour, or raise the rate limit of the role.',
};
