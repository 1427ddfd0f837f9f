import { statSync } from 'node:fs';
import {
  type AnnotationReport,
  Annotator,
  annotate as annotateStream,
  eventReader,
  Knowledge,
  LogSink,
  openStream,
  Progress,
  readWazuh,
  type Sink,
  type StreamChoice,
  streamName,
  textOfLines,
} from '@misp-pipeline/alerts';
import { EXIT } from '@misp-pipeline/core';
import type { DefinedTlp, LookupIndex } from '@misp-pipeline/lookup';
import { type Context, openConfig, talk } from '../context.ts';
import { behindLive, openReadyIndex } from '../open-index.ts';
import { annotationText } from '../render/annotate.ts';
import { visible } from '../render/visible.ts';
import { UsageError } from '../usage-error.ts';
import { streamChoice } from './stream-choice.ts';

export interface AnnotateOptions extends Pick<StreamChoice, 'follow' | 'socket'> {
  readonly format: 'suricata' | 'wazuh';
  /** Path of a log, or `-` for stdout. */
  readonly output: string;
  readonly events: readonly string[];
  readonly maxTlp: DefinedTlp;
  readonly unmarked: DefinedTlp;
  readonly dropped?: boolean;
}

const STDOUT = '-';

/** Adds what the index knows of the values in alerts to the alerts. */
export async function annotate(context: Context, file: string | undefined, options: AnnotateOptions): Promise<number> {
  const choice = streamChoice('annotate', { file, ...options });
  checkOutput(choice, options.output);
  const config = await openConfig(context);
  const index = await openReadyIndex(config);
  const why = await behindLive(config, index);
  if (why !== undefined) context.io.say(`warning: ${why}`);
  try {
    const annotator = annotatorFor(index, options);
    const report =
      options.output === STDOUT
        ? await toStdout(context, choice, annotator)
        : await toLog(context, choice, annotator, { state: config.state, path: options.output });
    show(context, report, options.output);
    return EXIT.ok;
  } finally {
    await index.close();
  }
}

/** Throws when the output is the log that is read. */
function checkOutput({ file }: StreamChoice, output: string): void {
  if (file !== undefined && isSameFile(file, output))
    throw new UsageError(`\`${visible(output)}\` is the log that is read`, 'Name another one with --output.');
}

function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

function annotatorFor(index: LookupIndex, options: AnnotateOptions): Annotator {
  const { format, events, maxTlp: max, unmarked, dropped = false } = options;
  const read = format === 'wazuh' ? readWazuh : eventReader(events.includes('all') ? 'all' : new Set(events));
  return new Annotator(read, new Knowledge({ index, ceiling: { max, unmarked }, dropped }));
}

/** Nothing is remembered, for nobody knows what the reader of stdout has got. */
async function toStdout({ signal }: Context, choice: StreamChoice, annotator: Annotator): Promise<AnnotationReport> {
  return annotateStream({ stream: openStream(choice, undefined, signal), annotator, sink: STDOUT_SINK });
}

/** Lines leave as they are: they may hold what looks like a secret of the config, and their reader wants the bytes. */
const STDOUT_SINK: Sink = {
  write: (lines) =>
    new Promise((resolve, reject) => {
      process.stdout.write(textOfLines(lines), (error) => (error ? reject(error) : resolve()));
    }),
  keep: async () => {},
};

async function toLog(
  { signal }: Context,
  choice: StreamChoice,
  annotator: Annotator,
  { state, path }: { readonly state: string; readonly path: string },
): Promise<AnnotationReport> {
  const progress = new Progress(state, path);
  try {
    const { sink, from, written } = await LogSink.open(path, streamName(choice), progress);
    const onHangup = () => sink.reopen();
    process.on('SIGHUP', onHangup);
    try {
      return await annotateStream({ stream: openStream(choice, from, signal), annotator, sink, written });
    } finally {
      process.off('SIGHUP', onHangup);
      await sink.close();
    }
  } finally {
    progress.close();
  }
}

/** Beside the result, where that is stdout itself. */
function show(context: Context, report: AnnotationReport, output: string): void {
  const { io, options } = context;
  if (output === STDOUT) talk(context, options.json === true ? JSON.stringify(report) : annotationText(report));
  else if (options.json === true) io.json(report);
  else io.result(annotationText(report));
}
