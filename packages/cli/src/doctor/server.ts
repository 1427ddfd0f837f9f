import { messageOf } from '@misp-pipeline/core';
import {
  FeedApi,
  HttpError,
  type MispClient,
  type MispUser,
  readServerFacts,
  readUser,
  type ServerFacts,
  WarninglistApi,
} from '@misp-pipeline/misp';
import type { ServerConfig } from '../server.ts';
import { clockFinding, keyExpiryFinding, silenceFinding, tlsFinding, versionFinding } from './connection.ts';
import { feedsFindings } from './feeds.ts';
import { type Finding, ok, warning } from './finding.ts';
import { rightsFindings } from './rights.ts';
import { warninglistsFindings } from './warninglists.ts';

/** Looks at a server from the outside in; what cannot be seen for an earlier fault is left out. */
export async function serverFindings(
  server: ServerConfig,
  client: MispClient,
  signal: AbortSignal,
): Promise<Finding[]> {
  const now = Math.floor(Date.now() / 1000);
  const findings = [await tlsFinding(server, now, signal)];
  const facts = await factsOr(client, signal, (error) => findings.push(silenceFinding(error)));
  if (facts === undefined) return findings;
  findings.push(ok('server', `\`${server.options.url}\` answers`), versionFinding(facts));
  findings.push(clockFinding(facts), keyExpiryFinding(facts, now));
  let user: MispUser | undefined;
  const look = async (check: string, seen: () => Promise<Finding[]>) => {
    findings.push(...(await orWarning(check, signal, seen)));
  };
  await look('rights', async () => {
    user = await readUser(client, signal);
    return rightsFindings(user, now);
  });
  await look('feeds', async () => feedsFindings(await new FeedApi(client, signal).list(), user, now));
  await look('warninglists', async () => warninglistsFindings(await new WarninglistApi(client, signal).list()));
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
    return [warning(check, `could not be looked at: ${messageOf(error)}`, 'See whether the key may read this.')];
  }
}
