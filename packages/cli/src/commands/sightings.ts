import {
  Collector,
  Mapper,
  Outbox,
  openStream,
  Pace,
  Poster,
  type Privacy,
  readSuricata,
  readWazuh,
  reportOf,
  runSession,
  SightingApi,
  type SightingsReport,
  type StreamChoice,
  streamName,
} from '@misp-pipeline/alerts';
import { EXIT, type PipelineConfig } from '@misp-pipeline/core';
import { explained, type HttpError } from '@misp-pipeline/misp';
import { type Context, openConfig, talk } from '../context.ts';
import { openLiveIndex } from '../open-index.ts';
import { type PlannedSighting, plannedText, sightingsText } from '../render/sightings.ts';
import { visible } from '../render/visible.ts';
import { openClient, requireServers, type ServerConfig, serverNamed } from '../server.ts';
import { openLedger, type RuleChoice, rulesOf } from './sightings-rules.ts';
import { streamChoice } from './stream-choice.ts';

export interface SightingsOptions extends Pick<StreamChoice, 'follow' | 'socket'>, RuleChoice {
  readonly dryRun?: boolean;
  /** Id of the source that is told of everything. */
  readonly to?: string;
  readonly privacy: Privacy;
  readonly name: string;
  /** Requests a minute. */
  readonly rate: number;
  readonly late?: boolean;
}

/** Seconds after the end of an hour in which its alerts may still come. */
const GRACE = 300;
/** Seconds that a server may need for a request whose answer nobody saw. */
const SETTLE = 10;
/** Sightings that a dry run shows. */
const MOST_SHOWN = 1000;

const now = () => Math.floor(Date.now() / 1000);

/** Reads alerts and tells MISP which attributes they saw. */
export async function sightings(
  context: Context,
  file: string | undefined,
  options: SightingsOptions,
): Promise<number> {
  const choice = streamChoice('sightings', { file, ...options });
  const config = await openConfig(context);
  const servers = serversToTell(config, options.to);
  const index = await openLiveIndex(config);
  const ledger = openLedger(config);
  const outbox = new Outbox(config.state, { late: options.late === true, dryRun: options.dryRun === true });
  const stream = streamName(choice);
  const collector = new Collector({
    ...{ stream, outbox, now, mapper: new Mapper(index), rules: rulesOf(config, ledger, options) },
    read: options.format === 'wazuh' ? readWazuh : readSuricata,
    serverOf: (source) => options.to ?? servers.find(({ id }) => id === source)?.id,
  });
  try {
    const { report, fault } = await runSession({
      ...{ collector, outbox, now, signal: context.signal },
      stream: openStream(choice, outbox.positionOf(stream), context.signal),
      posters: options.dryRun === true ? [] : await postersFor(context, servers, outbox, options),
      onFault: (failure) => context.io.say(`warning: ${visible(explained(failure))}; its sightings wait`),
    });
    show(context, report, options.dryRun === true ? wouldPost(servers, outbox, options) : undefined);
    return exitCodeOf(fault);
  } finally {
    await index.close();
    ledger?.close();
    outbox.close();
  }
}

function serversToTell(config: PipelineConfig, to: string | undefined): readonly ServerConfig[] {
  const servers = requireServers(config);
  return to === undefined ? servers : [serverNamed(servers, to)];
}

function postersFor(
  context: Context,
  servers: readonly ServerConfig[],
  outbox: Outbox,
  { name, privacy, rate }: SightingsOptions,
): Promise<readonly Poster[]> {
  const { signal } = context;
  return Promise.all(
    servers.map(async (server) => {
      const api = new SightingApi(await openClient(context, server), signal);
      const reporter = { name, privacy, salt: outbox.salt };
      const times = { now, grace: GRACE, settle: SETTLE };
      return new Poster({ server: server.id, api, outbox, reporter, pace: new Pace(rate), signal, ...times });
    }),
  );
}

function exitCodeOf(fault: HttpError | undefined): number {
  if (fault === undefined) return EXIT.ok;
  return fault.kind === 'refused' ? EXIT.authentication : EXIT.source;
}

/** What would be posted now. */
function wouldPost(
  servers: readonly ServerConfig[],
  outbox: Outbox,
  { name, privacy }: SightingsOptions,
): readonly PlannedSighting[] {
  return servers.flatMap(({ id }) =>
    outbox.due(id, now() - GRACE, MOST_SHOWN).map((sighting) => ({
      to: id,
      alerts: sighting.count,
      ...reportOf(sighting, { name, privacy, salt: outbox.salt }),
    })),
  );
}

function show(context: Context, report: SightingsReport, planned: readonly PlannedSighting[] | undefined): void {
  const { io, options } = context;
  if (options.json === true) {
    io.json(planned === undefined ? report : { ...report, wouldPost: planned });
    return;
  }
  for (const sighting of planned ?? []) io.result(plannedText(sighting));
  io.result(sightingsText(report));
  if (planned !== undefined) talk(context, 'dry run: nothing was posted or remembered');
}
